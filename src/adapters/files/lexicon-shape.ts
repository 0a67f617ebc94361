// What lexicon.yaml must look like: abbreviations, synonyms, words that stay apart, spoken forms. Knows no index.

import { z } from 'zod/v4';
import type { Lexicon } from '../../knowledge/lexicon.ts';

const text = z.string().trim().min(1);
const texts = z.array(text).min(1);
const weight = z.number().gt(0).max(1);

const abbreviation = z.strictObject({
  short: text,
  full: texts,
  scope: text.optional(),
  theme: text.optional(),
  exact_case: z.boolean().optional(),
  note: text.optional(),
});
const synonym = z
  .strictObject({
    terms: texts.optional(),
    from: text.optional(),
    to: texts.optional(),
    weight,
    forms: texts.optional(),
    ambiguous: z.boolean().optional(),
    note: text.optional(),
  })
  .refine(({ terms, from, to }) => (terms ? !from && !to : from && to), {
    error: 'needs either "terms", or "from" and "to"',
  });
const spoken = z.strictObject({
  from: text,
  to: z.string(),
  ambiguous: z.boolean().optional(),
  note: text.optional(),
});

export const lexicon = z
  .strictObject({
    version: z.literal(1),
    written_on: text,
    status: text,
    abbreviations: z.array(abbreviation),
    synonyms: z.array(synonym),
    apart: z.array(texts),
    spoken: z.array(spoken),
  })
  .transform((file) => file as Lexicon);
