// Abbreviations, synonyms, spoken forms and words that must stay apart, compiled for look-up. Knows no item, no index.

import { fold, stem, tokens, wordWeight } from './text.ts';

/** The lexicon file's lists; see the header of content/lexicon.yaml for what each field means. */
export type Lexicon = {
  abbreviations?: { short: string; full: string[]; exact_case?: boolean }[];
  synonyms?: { terms?: string[]; from?: string; to?: string[]; weight: number; forms?: string[] }[];
  apart?: string[][];
  spoken?: { from: string; to: string; ambiguous?: boolean }[];
};

export type CompiledLexicon = {
  /** What else to look for, one step only, so that entries which lead to one another cannot go round. */
  expand: (text: string, stems: string[]) => Added[];
  /** The must-stay-apart terms that a text with these stems mentions, as numbers; `groups` tells which belong together. */
  mentions: (stems: string[]) => number[];
  /** Group of each term number. */
  groups: number[];
};

/** A word to look for besides those asked; `weight` 0 to 1. */
export type Added = { word: string; stem: string; weight: number };

type Rule = { stems: string[]; added: Added[]; exact: string | undefined };

const MOST_WORDS = 6;

function matches<Entry extends { stems: string[] }>(rules: Map<string, Entry[]>, roots: string[]): Entry[] {
  const found: Entry[] = [];
  for (const [at, root] of roots.entries()) {
    for (const rule of rules.get(root) ?? []) {
      if (rule.stems.every((part, next) => roots[at + next] === part)) found.push(rule);
    }
  }
  return found;
}

/** Prepares the lists for use; entries without a readable word are left out. */
export function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  const rules = new Map<string, Rule[]>();
  const put = (from: string, to: string[], weight: number, exact: string | undefined) => {
    const stems = tokens(fold(from)).slice(0, MOST_WORDS).map(stem);
    const others = to.filter((text) => text !== from && text !== '');
    if (stems[0] === undefined || others.length === 0) return;
    const list = rules.get(stems[0]) ?? [];
    // Each of several ways to say it counts less.
    const added = others.flatMap((text) =>
      tokens(fold(text))
        .filter((word) => wordWeight(word) === 1)
        .map((word) => ({ word, stem: stem(word), weight: weight / Math.sqrt(others.length) })),
    );
    list.push({ stems, added, exact });
    rules.set(stems[0], list);
  };
  for (const { short, full, exact_case: exact } of lexicon.abbreviations ?? []) {
    put(short, full, 0.8, exact ? short : undefined);
    for (const text of full) put(text, [short], 0.8, undefined);
  }
  for (const entry of lexicon.synonyms ?? []) {
    if (entry.from !== undefined) put(entry.from, entry.to ?? [], entry.weight, undefined);
    for (const term of entry.terms ?? []) put(term, entry.terms ?? [], entry.weight, undefined);
    for (const form of entry.forms ?? []) put(form, entry.terms ?? [], entry.weight, undefined);
  }
  for (const { from, to, ambiguous } of lexicon.spoken ?? []) put(from, [to], ambiguous ? 0.4 : 0.8, undefined);

  const same = new Map<string, string[]>();
  for (const { terms, forms } of lexicon.synonyms ?? []) {
    const first = terms?.[0];
    if (first !== undefined) same.set(first, [...(terms ?? []), ...(forms ?? [])]);
  }
  const terms = new Map<string, { stems: string[]; number: number }[]>();
  const groups: number[] = [];
  for (const [group, members] of (lexicon.apart ?? []).entries()) {
    for (const member of members) {
      const number = groups.length;
      groups.push(group);
      for (const text of new Set([member, ...(same.get(member) ?? [])])) {
        const stems = tokens(fold(text)).slice(0, MOST_WORDS).map(stem);
        if (stems[0] === undefined) continue;
        const list = terms.get(stems[0]) ?? [];
        list.push({ stems, number });
        terms.set(stems[0], list);
      }
    }
  }
  return {
    expand(text, stems) {
      return matches(rules, stems).flatMap(({ added, exact }) =>
        exact === undefined || text.includes(exact) ? added : [],
      );
    },
    mentions: (stems) => [...new Set(matches(terms, stems).map((hit) => hit.number))],
    groups,
  };
}

/** Whether the question names exactly one term of a set and the item another one of it only. */
export function conflict(groups: number[], asked: number[], item: number[]): boolean {
  const perGroup = new Map<number, number[]>();
  for (const number of asked) perGroup.set(groups[number]!, [...(perGroup.get(groups[number]!) ?? []), number]);
  for (const [group, named] of perGroup) {
    if (named.length !== 1) continue;
    const others = item.filter((number) => groups[number] === group);
    if (others.length > 0 && !others.includes(named[0]!)) return true;
  }
  return false;
}
