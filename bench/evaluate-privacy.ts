// Measures the privacy check on labelled sentences; knows nothing of how it detects.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod/v4';
import { detect, type Kind } from '../src/domain/privacy.ts';

const KINDS = ['national-number', 'phone', 'iban', 'email', 'birth-date', 'name'] as const satisfies Kind[];
const Sentence = z.object({
  id: z.string(),
  text: z.string(),
  spans: z.array(z.object({ kind: z.enum(KINDS), value: z.string() })),
});
type Sentence = z.infer<typeof Sentence>;

type Labelled = { kind: Kind; value: string };
/** Shares run from 0 to 1; with nothing to find recall is 1, and with nothing found precision is. */
type Evaluation = {
  perKind: Record<Kind, { recall: number; precision: number }>;
  /** Share of the sentences without a label in which something was found. */
  sentences: { falseAlarmRate: number };
  perSentence: { id: string; found: Labelled[] }[];
};

/** Reads JSON lines {id, text, spans}. Throws Error with the number of the line that is not of that shape. */
export function readSentences(lines: string): Sentence[] {
  return lines.split('\n').flatMap((line, index) => {
    if (!line.trim()) return [];
    try {
      return [Sentence.parse(JSON.parse(line))];
    } catch {
      throw new Error(`line ${index + 1} is no labelled sentence {"id", "text", "spans": [{"kind", "value"}]}`);
    }
  });
}

/** Letters and digits only: how a number is grouped or a name is quoted does not matter. */
const bare = (value: string): string => value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a finding and a label are the same thing. Of a name and its class ("J. uit 3B") one may hold the other. */
function agree(a: Labelled, b: Labelled): boolean {
  if (a.kind !== b.kind) return false;
  const [one, other] = [bare(a.value), bare(b.value)];
  return one === other || (a.kind === 'name' && (one.includes(other) || other.includes(one)));
}

/** Runs the check on every sentence and counts per kind. */
export function evaluate(sentences: readonly Sentence[]): Evaluation {
  const perSentence = sentences.map(({ id, text }) => ({
    id,
    found: detect(text).map(({ kind, value }) => ({ kind, value })),
  }));
  const share = (hits: number, all: number): number => (all === 0 ? 1 : hits / all);
  const rates = (kind: Kind): { recall: number; precision: number } => {
    const counts = { labels: 0, recalled: 0, found: 0, right: 0 };
    sentences.forEach(({ spans }, index) => {
      const labels = spans.filter((span) => span.kind === kind);
      const found = perSentence[index]!.found.filter((finding) => finding.kind === kind);
      counts.labels += labels.length;
      counts.recalled += labels.filter((label) => found.some((finding) => agree(label, finding))).length;
      counts.found += found.length;
      counts.right += found.filter((finding) => labels.some((label) => agree(label, finding))).length;
    });
    return { recall: share(counts.recalled, counts.labels), precision: share(counts.right, counts.found) };
  };
  const clean = perSentence.filter((_, index) => sentences[index]!.spans.length === 0);
  const alarms = clean.filter(({ found }) => found.length > 0).length;
  return {
    perKind: Object.fromEntries(KINDS.map((kind) => [kind, rates(kind)])) as Evaluation['perKind'],
    sentences: { falseAlarmRate: clean.length === 0 ? 0 : alarms / clean.length },
    perSentence,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { file: { type: 'string' }, json: { type: 'boolean' } } });
  const file = values.file ?? new URL('../test/fixtures/privacy.jsonl', import.meta.url);
  const sentences = readSentences(readFileSync(file, 'utf8'));
  const result = evaluate(sentences);
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else {
    const percent = (rate: number): string => `${(100 * rate).toFixed(1)} %`.padStart(10);
    console.log(
      `${sentences.length} sentences\n${'kind'.padEnd(16)}${'recall'.padStart(10)}${'precision'.padStart(11)}`,
    );
    for (const kind of KINDS) {
      const { recall, precision } = result.perKind[kind];
      console.log(`${kind.padEnd(16)}${percent(recall)} ${percent(precision)}`);
    }
    console.log(`false alarms on sentences without a label: ${percent(result.sentences.falseAlarmRate).trim()}`);
  }
}
