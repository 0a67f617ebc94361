// Earlier texts that resemble a new one, for the advisor who looks for how it was answered before. Knows no index.

import { characterGrams, fold, tokens } from './text.ts';

function bag(text: string): Map<number, number> {
  const grams = new Map<number, number>();
  characterGrams(tokens(fold(text)), (key, weight) => grams.set(key, (grams.get(key) ?? 0) + weight));
  return grams;
}

/** The `limit` most similar texts, best first, similarity 0 to 1; texts that share too little (below `least`) are left out. */
export function mostSimilar<Entry extends { text: string }>(
  text: string,
  among: readonly Entry[],
  limit: number,
  least = 0.2,
): { entry: Entry; similarity: number }[] {
  const asked = bag(text);
  const bags = among.map((entry) => bag(entry.text));
  const documents = new Map<number, number>();
  for (const grams of bags) for (const key of grams.keys()) documents.set(key, (documents.get(key) ?? 0) + 1);
  const rarity = (key: number) => Math.log(1 + (among.length + 1) / ((documents.get(key) ?? 0) + 1));
  const norm = (grams: Map<number, number>) =>
    Math.sqrt([...grams].reduce((sum, [key, weight]) => sum + (weight * rarity(key)) ** 2, 0)) || 1;
  const own = norm(asked);
  return among
    .map((entry, at) => {
      let dot = 0;
      for (const [key, weight] of bags[at]!) dot += weight * (asked.get(key) ?? 0) * rarity(key) ** 2;
      return { entry, similarity: dot / own / norm(bags[at]!) };
    })
    .filter((hit) => hit.similarity >= least)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, limit);
}
