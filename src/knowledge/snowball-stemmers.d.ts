// The part of the stemmer library that the index uses; it ships no types of its own.

declare module 'snowball-stemmers' {
  export function newStemmer(language: string): { stem(word: string): string };
}
