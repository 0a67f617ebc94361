// What could tell readers of an anonymous case who it is about, besides names and numbers. Pure; an aid, not a guarantee.

import { detect } from './privacy.ts';

/** `personal`: what the privacy check finds, and never stays; the rest is for somebody to judge. */
export type ClueKind = 'personal' | 'place' | 'date' | 'age' | 'family';
export type Clue = { kind: ClueKind; value: string };

const MONTHS = 'januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december';
const ORDINALS = 'eerste|tweede|derde|vierde|vijfde|zesde|zevende|[1-7](?:e|de|ste)';
/** Linear in the length: no two repetitions stand side by side. */
const SIGNS: [Exclude<ClueKind, 'personal' | 'place'>, RegExp][] = [
  ['date', /(?<!\d)\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?!\d)/g],
  ['date', new RegExp(`(?<![\\p{L}\\d])\\d{1,2} (?:${MONTHS})(?: \\d{4})?(?!\\p{L})`, 'giu')],
  ['date', /(?<!\d)(?:19|20)\d{2}(?!\d)/g],
  ['age', /(?<!\d)\d{1,2}[ -]?(?:jarige|jaar|j\.)(?!\p{L})/giu],
  [
    'age',
    new RegExp(`(?<!\\p{L})(?:${ORDINALS}) (?:leerjaar|kleuterklas|middelbaar|secundair|graad|jaar)(?!\\p{L})`, 'giu'),
  ],
  [
    'family',
    /(?<!\p{L})(?:gescheiden|echtscheiding|stief\p{L}*|pleeg\p{L}*|adoptie\p{L}*|geadopteerd\p{L}*|tweeling\p{L}*|drieling\p{L}*|enig kind|weduwe|weduwnaar|overleden|overlijden|alleenstaande|grootouder\p{L}*|gedetineerd\p{L}*|gevangenis|asiel\p{L}*|vluchteling\p{L}*|halfbroer\p{L}*|halfzus\p{L}*|(?:jongere|oudere|kleine|grote) (?:broer|zus))(?!\p{L})/giu,
  ],
];
/** A name with a capital behind a word that says where. */
const WHERE = /(?<!\p{L})(?:in|te|uit|naar|bij|nabij|rond) (\p{Lu}\p{L}+(?:[- ]\p{Lu}\p{L}+)?)/gu;
/** Capitals behind such a word that are no place of anybody. */
const EVERYWHERE = new Set('GO CLB Teams België Vlaanderen Brussel Smartschool LARS IAC VCLB BV Nederland'.split(' '));

/** Each once, in the order of the kinds. `places` are names of centres and schools, and of where they are. */
export function cluesIn(text: string, places: readonly string[]): Clue[] {
  const found = new Map<string, Clue>();
  const add = (kind: ClueKind, value: string): void => {
    const key = value.toLowerCase();
    if (!found.has(key)) found.set(key, { kind, value });
  };
  for (const { value } of detect(text)) add('personal', value);
  for (const place of places) if (standsIn(text, place)) add('place', place);
  for (const [, place] of text.matchAll(WHERE)) if (!EVERYWHERE.has(place!.split(/[- ]/)[0]!)) add('place', place!);
  for (const [kind, sign] of SIGNS) for (const [value] of text.matchAll(sign)) add(kind, value);
  return [...found.values()];
}

/** As whole words, with its capitals: "Zele" is a place, "zele" may be anything. */
function standsIn(text: string, place: string): boolean {
  for (let at = text.indexOf(place); at >= 0; at = text.indexOf(place, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + place.length] ?? ' '}`;
    if (!/\p{L}/u.test(around)) return true;
  }
  return false;
}
