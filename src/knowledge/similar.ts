// Earlier texts that resemble a new one, for the advisor who looks for how it was answered before. Knows no index.

import { createKeyTable, intern } from './postings.ts';
import { characterGrams, fold, tokens } from './text.ts';

/** The n-grams of a text, each once, with what it weighs. Walked by index: hundreds of them a turn, of some 200 each. */
type Bag = { grams: Int32Array; weights: Float64Array };

/** N-grams are numbered in the order in which they were met; beyond so many the numbering starts anew. */
const MOST_GRAMS = 1_000_000;
let numbers = createKeyTable();
let bags = new WeakMap<object, Bag>();
let documents = new Int32Array(0);
let asked = new Float64Array(0);

function bagOf(text: string): Bag {
  const found = new Map<number, number>();
  characterGrams(tokens(fold(text)), (key, weight) => {
    const gram = intern(numbers, key);
    found.set(gram, (found.get(gram) ?? 0) + weight);
  });
  return { grams: Int32Array.from(found.keys()), weights: Float64Array.from(found.values()) };
}

/** The same entry is mostly compared again with the next text. */
function bagOfEntry(entry: { text: string }): Bag {
  const bag = bags.get(entry) ?? bagOf(entry.text);
  bags.set(entry, bag);
  return bag;
}

/** The `limit` most similar texts, best first, similarity 0 to 1; texts that share too little (below `least`) are left out. */
export function mostSimilar<Entry extends { text: string }>(
  text: string,
  among: readonly Entry[],
  limit: number,
  least = 0.2,
): { entry: Entry; similarity: number }[] {
  if (numbers.size > MOST_GRAMS) {
    numbers = createKeyTable();
    bags = new WeakMap();
  }
  const own = bagOf(text);
  const others = among.map(bagOfEntry);
  if (documents.length < numbers.size) {
    documents = new Int32Array(numbers.size * 2);
    asked = new Float64Array(numbers.size * 2);
  }
  for (const { grams } of others) for (let at = 0; at < grams.length; at++) documents[grams[at]!]!++;
  for (let at = 0; at < own.grams.length; at++) asked[own.grams[at]!] = own.weights[at]!;
  /** The square of how rare a gram is that is in so many of the texts. */
  const rarity = new Float64Array(among.length + 1);
  for (let count = 0; count <= among.length; count++)
    rarity[count] = Math.log(1 + (among.length + 1) / (count + 1)) ** 2;
  /** A bag's length, and how far it goes in the direction of what is asked. */
  const measure = ({ grams, weights }: Bag): { norm: number; dot: number } => {
    let [square, dot] = [0, 0];
    for (let at = 0; at < grams.length; at++) {
      const gram = grams[at]!;
      const weight = weights[at]!;
      const weighed = weight * rarity[documents[gram]!]!;
      square += weight * weighed;
      dot += asked[gram]! * weighed;
    }
    return { norm: Math.sqrt(square) || 1, dot };
  };
  const { norm } = measure(own);
  const found = among
    .map((entry, at) => {
      const other = measure(others[at]!);
      return { entry, similarity: other.dot / norm / other.norm };
    })
    .filter((hit) => hit.similarity >= least)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, limit);
  for (const { grams } of others) for (let at = 0; at < grams.length; at++) documents[grams[at]!] = 0;
  for (let at = 0; at < own.grams.length; at++) asked[own.grams[at]!] = 0;
  return found;
}
