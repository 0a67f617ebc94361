// Finds which column of a table is what, from its header or from a mapping, and reads its rows. Knows no meaning of a row.

import { locale } from '../../locale/locale.ts';
import { bareWords, type Cell, type Row } from './cells.ts';

const words = locale.import;
export type Field = keyof typeof words.fields;
/** What a table must and can have. */
export type Layout = {
  needed: readonly Field[];
  optional: readonly Field[];
  /** What a header that is no field stands for, such as a centre with a number per row. */
  spread?: (header: string) => string | undefined;
};
/** Our field, by its Dutch name or id, to the header in the file; "=telefoon" is one value for every row. */
export type Mapping = Readonly<Record<string, string>>;

/** The table cannot be imported at all; the message is a Dutch sentence that says what to do. */
export class ImportError extends Error {}

/** The texts of one row and why it cannot be taken over, in Dutch; empty when it can. */
export type Reading = {
  line: number;
  reasons: string[];
  text(field: Field): string;
  /** What stands in the columns that are spread, empty cells left out. */
  spread: { id: string; header: string; text: string }[];
};

export type Columns = {
  /** Which header, or fixed value, each field comes from, in the order of the layout. */
  found: { field: Field; source: string }[];
  ignored: string[];
  has(field: Field): boolean;
  read(row: Row): Reading;
};

/** Titles and remarks may stand above the header. */
const HEADER_WITHIN = 20;

const plain = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell : '');
export const isEmpty = ({ cells }: Row): boolean => cells.every((cell) => cell === '');

/** The header is the first row with every field that is needed. Throws ImportError when there is none. */
export function findColumns(
  rows: readonly Row[],
  layout: Layout,
  mapping: Mapping = {},
): { columns: Columns; at: number } {
  const wishes = wishesOf(layout, mapping);
  const tries = rows.slice(0, HEADER_WITHIN);
  for (const [at, row] of tries.entries()) {
    const columns = columnsOf(row, layout, wishes);
    if (layout.needed.every(columns.has)) return { columns, at };
  }
  const fullest = tries.reduce<string[]>((best, { cells }) => {
    const headers = cells.map(plain).filter((text) => text !== '');
    return headers.length > best.length ? headers : best;
  }, []);
  for (const [field, header] of wishes) {
    const there = fullest.some((text) => bareWords(text) === bareWords(header));
    if (!header.startsWith('=') && !there)
      throw new ImportError(words.file.mappingHeader(words.fields[field], header, fullest));
  }
  throw new ImportError(
    words.file.noHeader(
      layout.needed.map((field) => words.fields[field]),
      fullest,
    ),
  );
}

function wishesOf({ needed, optional }: Layout, mapping: Mapping): Map<Field, string> {
  const known = [...needed, ...optional];
  return new Map(
    Object.entries(mapping).map(([typed, header]) => {
      const field = known.find((one) => one === typed || bareWords(words.fields[one]) === bareWords(typed));
      if (!field)
        throw new ImportError(
          words.file.mappingField(
            typed,
            known.map((one) => words.fields[one]),
          ),
        );
      return [field, header];
    }),
  );
}

function columnsOf(header: Row, { needed, optional, spread }: Layout, wishes: ReadonlyMap<Field, string>): Columns {
  const headers = header.cells.map(plain);
  const folded = headers.map(bareWords);
  const places = new Map<Field, number>();
  const fixed = new Map<Field, string>();
  for (const [field, wish] of wishes) {
    if (wish.startsWith('=')) fixed.set(field, wish.slice(1).trim());
    else if (folded.includes(bareWords(wish))) places.set(field, folded.indexOf(bareWords(wish)));
  }
  for (const field of [...needed, ...optional]) {
    if (wishes.has(field)) continue;
    // The first name in the list that the header has: the others are then left aside, and named as such.
    const name = words.headers[field].find((one) => folded.some((text, at) => text === one && !taken(places, at)));
    const at = folded.flatMap((text, index) => (text === name && !taken(places, index) ? [index] : []));
    if (at.length > 1) {
      throw new ImportError(
        words.file.twoColumns(
          words.fields[field],
          at.map((index) => headers[index]!),
        ),
      );
    }
    if (at[0] !== undefined) places.set(field, at[0]);
  }
  const spreads = headers.flatMap((text, at) => {
    const id = text === '' || taken(places, at) ? undefined : spread?.(text);
    return id === undefined ? [] : [{ id, header: text, at }];
  });
  const isSpread = (at: number): boolean => spreads.some((one) => one.at === at);
  const width = headers.findLastIndex((text) => text !== '') + 1;
  return {
    found: [...needed, ...optional].flatMap((field) => {
      const value = fixed.get(field);
      const at = places.get(field);
      return value !== undefined
        ? [{ field, source: words.plan.fixed(value) }]
        : at === undefined
          ? []
          : [{ field, source: headers[at]! }];
    }),
    ignored: headers.filter((text, at) => text !== '' && !taken(places, at) && !isSpread(at)),
    has: (field) => fixed.has(field) || places.has(field),
    read: ({ line, cells }) => {
      const reasons: string[] = [];
      if (cells.length < width) reasons.push(words.reason.short(cells.length, width));
      if (cells.slice(width).some((cell) => cell !== '')) reasons.push(words.reason.long(cells.length, width));
      for (const [field, at] of places) {
        const cell = cells[at];
        if (typeof cell === 'object') reasons.push(words.reason[cell.problem](words.fields[field]));
      }
      for (const { at, header } of spreads) {
        const cell = cells[at];
        if (typeof cell === 'object') reasons.push(words.reason[cell.problem](header));
      }
      return {
        line,
        reasons,
        text: (field) => fixed.get(field) ?? plain(cells[places.get(field) ?? -1]),
        spread: spreads.flatMap(({ id, header, at }) => {
          const text = plain(cells[at]);
          return text === '' ? [] : [{ id, header, text }];
        }),
      };
    },
  };
}

const taken = (places: ReadonlyMap<Field, number>, at: number): boolean => [...places.values()].includes(at);
