// Reads a length of time as people type it, in figures or in words; the only reader of minutes. Its words come from outside.

/** The words of the house's language. Keys and list entries are lower case and without accents. */
export type MinuteWords = {
  /** Numbers in words, halves included: { een: 1, half: 0.5 }. */
  numbers: Readonly<Record<string, number>>;
  /** Minutes in one unit: { uur: 60, kwartier: 15 }. */
  units: Readonly<Record<string, number>>;
  /** Words and signs that say nothing: "en", "ongeveer". */
  filler: readonly string[];
};

/** Lower case, without accents, with one kind of apostrophe. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[‘’`´]/g, "'")
    .toLowerCase();

/**
 * Minutes from "10", "10m", "1u30", "1:30", "1,5 uur", "½ uur", "10 000" or number words; undefined when it is no length of
 * time. Negative, zero, fractional and very long lengths come back as they are: the rules refuse them with a reason.
 */
export function parseMinutes(text: string, words: MinuteWords): number | undefined {
  const plain = fold(text.replace(/(\d*)\s?½/g, (_, whole: string) => `${whole || '0'},5`))
    .trim()
    .replace(/(?<=\d)\s(?=\d{3}(?!\d))/g, '');
  if (/^[-+]?\d{1,3}(?:\.\d{3})+$/.test(plain)) return Number(plain.replaceAll('.', ''));
  if (/^[-+]?\d+(?:[.,]\d+)?$/.test(plain)) return Number(plain.replace(',', '.'));
  const clock = /^(\d{1,2}):(\d{2})$/.exec(plain);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const [, sign, length = ''] = /^([-+]?)\s?(.*)$/s.exec(plain) ?? [];
  const parts = length.match(/\d+(?:[.,]\d+)?|\p{L}+|'|[^\s\p{L}\d]/gu) ?? [];
  let total = 0;
  let number: number | undefined;
  let unit = 0;
  let read = 0;
  for (const part of parts) {
    if (words.filler.includes(part) || part === '.') continue;
    const value = /^\d/.test(part) ? Number(part.replace(',', '.')) : words.numbers[part];
    if (value !== undefined) {
      // "een half uur" is half an hour, not one and a half.
      if (number !== undefined && !(number === 1 && value < 1)) return undefined;
      number = value;
    } else {
      const size = part === "'" ? 1 : words.units[part];
      if (size === undefined) return undefined;
      total += (number ?? 1) * size;
      number = undefined;
      unit = size;
    }
    read++;
  }
  // What follows hours without a unit of its own: "1u30" are minutes, "twee uur en een half" half an hour.
  if (number !== undefined) {
    if (unit !== 60) return undefined;
    total += number < 1 ? number * 60 : number;
  }
  return read === 0 ? undefined : (sign === '-' ? -1 : 1) * (Math.round(total * 100) / 100);
}
