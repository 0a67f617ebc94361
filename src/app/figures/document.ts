// A document as data: text, tables and charts, before it becomes a Word file, a web page or sheets. Knows no format and no figure.

/** Working milliseconds for `duration`, parts of one for `share` and `change`, up to the scale of the survey for `score`. */
export type Unit = 'count' | 'share' | 'change' | 'minutes' | 'duration' | 'score';
/** `null`: there is nothing to count. `hidden`: too few people stand behind it. */
export type Value = number | null | 'hidden';

/** A table: `texts` head the first columns, `columns` the ones with figures. */
export type Sheet = {
  id: string;
  /** What the sheet of a spreadsheet is called: at most 31 characters. */
  name: string;
  heading: string;
  /** How it is counted and which date decides, under the table. */
  basis?: string;
  texts: string[];
  /** `always`: rows with a unit of their own keep this one here. */
  columns: { label: string; unit: Unit; always?: true }[];
  rows: Row[];
  /** Drawn above the table: these columns, by the first text. Bars lie and columns stand. */
  chart?: { kind: 'bar' | 'column'; columns: number[] };
};
export type Row = {
  texts: string[];
  values: Value[];
  /** Stands apart: a total, or what cannot be compared with the other rows. Left out of the chart. */
  apart?: true;
  /** Of a figure whose rows each have a unit of their own. */
  unit?: Unit;
};

export type Run = { text: string; bold?: true; url?: string };
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'text'; runs: Run[]; tone?: 'lead' | 'quiet' }
  | { kind: 'list'; items: Run[][] }
  | { kind: 'sheet'; sheet: Sheet };

export type Document = {
  title: string;
  subtitle: string;
  /** Lines under the title. */
  facts: string[];
  /** On every page, for instance that everything is fictional. */
  label?: string;
  /** With a page of its own for the title and the contents. */
  cover: boolean;
  blocks: Block[];
};

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
export const text = (words: string, tone?: 'lead' | 'quiet'): Block => ({
  kind: 'text',
  runs: [{ text: words }],
  ...(tone ? { tone } : {}),
});

/** The unit of one cell. */
export function unitOf({ columns }: Sheet, { unit }: Row, at: number): Unit {
  const column = columns[at]!;
  return column.always ? column.unit : (unit ?? column.unit);
}

export const sheetsOf = ({ blocks }: Document): Sheet[] =>
  blocks.flatMap((block) => (block.kind === 'sheet' ? [block.sheet] : []));

/**
 * The Markdown of an answer in content/: paragraphs, "- " lists, **bold** (also for *stress*) and [links](https://…). A link to anything but
 * a web page is only its words; every other sign stays text.
 */
export function fromMarkdown(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  const end = (): void => {
    if (open.length > 0) blocks.push({ kind: 'text', runs: runsOf(open.join(' ')) });
    open = [];
  };
  for (const raw of markdown.split('\n')) {
    const line = raw.trim();
    const item = /^[-*]\s+(.*)$/.exec(line)?.[1] ?? /^\d+[.)]\s+(.*)$/.exec(line)?.[1];
    const last = blocks.at(-1);
    if (line === '') end();
    else if (item === undefined && open.length === 0 && last?.kind === 'list' && raw.startsWith(' ')) {
      last.items.at(-1)!.push(...runsOf(` ${line}`));
    } else if (item === undefined) open.push(line);
    else {
      end();
      if (last?.kind === 'list' && blocks.at(-1) === last) last.items.push(runsOf(item));
      else blocks.push({ kind: 'list', items: [runsOf(item)] });
    }
  }
  end();
  return blocks;
}

function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let rest = 0;
  const plain = (words: string): void => {
    if (words !== '') runs.push({ text: words });
  };
  for (const match of line.matchAll(/\*{1,2}([^*]+)\*{1,2}|\[([^\]]+)\]\(([^)\s]+)\)/g)) {
    plain(line.slice(rest, match.index));
    rest = match.index + match[0].length;
    const [, bold, label, url = ''] = match;
    if (bold !== undefined) runs.push({ text: bold, bold: true });
    else runs.push({ text: label!, ...(isWebAddress(url) ? { url } : {}) });
  }
  plain(line.slice(rest));
  return runs;
}

export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);
}
