// The words that people see, in the language of this installation. Knows no sentence.

import { en } from './en/en.ts';
import { nl } from './nl/nl.ts';

const languages = { nl, en } satisfies Record<string, typeof en>;
export type Language = keyof typeof languages;
export const LANGUAGES = Object.keys(languages) as [Language, ...Language[]];

/** Every language has the same rooms, with the same slots. Dutch until `speak` says otherwise. */
export const locale = put(nl, {}) as typeof en;

/**
 * Puts the words of a language in the rooms of `locale`: once, when a process starts. The rooms stay the same objects, so
 * that a module which took one when it was loaded (`const words = locale.items`) speaks the language too; a house rule sees
 * to it that none takes a single word.
 */
export function speak(language: Language): void {
  spoken = language;
  put(languages[language], locale);
}

/** For threads, which begin in Dutch: what `speak` was told last. */
export let spoken: Language = 'nl';

type Words = Record<string, unknown>;

function put(words: Words, into: Words): Words {
  for (const key of Object.keys(into)) if (!Object.hasOwn(words, key)) delete into[key];
  for (const [key, word] of Object.entries(words)) {
    const room = into[key];
    into[key] = isRoom(word) ? put(word, isRoom(room) ? room : {}) : word;
  }
  return into;
}

function isRoom(value: unknown): value is Words {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export type { TypedCommand } from './nl/typed.ts';
