// The frame of one block: heading, explanation, the picture or its table, and what can be downloaded. Knows no figure.

import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { createContext, type ReactNode, useContext, useState } from 'react';
import type { Drill, Sheet, SheetColumn, SheetId, SheetRow, Unit, Value } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';

const words = pageWords.block;

/** What every block can ask of the page around it. */
export type Around = {
  openList: (drill: Drill) => void;
  download: (sheet: SheetId, format: 'csv' | 'xlsx') => void;
  /** Why there is nothing: no questions at all, or none with these filters. */
  nothing: string | undefined;
};
export const AroundContext = createContext<Around>({ openList: () => {}, download: () => {}, nothing: undefined });
export const useAround = (): Around => useContext(AroundContext);

export function shown(value: Value | undefined, unit: Unit): string {
  if (value === 'hidden') return pageWords.number.hidden;
  return value === null || value === undefined ? pageWords.number.none : pageWords.number[unit](value);
}

export function Info({ label, definition, basis }: { label: string; definition: string; basis: string }) {
  return (
    <Popover withArrow trapFocus size="small">
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className="info" aria-label={pageWords.figure.info(label)}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="6.5" />
            <path d="M8 7.2v4M8 4.6v.9" />
          </svg>
        </button>
      </PopoverTrigger>
      <PopoverSurface aria-label={label} tabIndex={0} className="explanation">
        <p>{definition}</p>
        <p className="basis">
          <strong>{pageWords.figure.basis}</strong> {basis}
        </p>
      </PopoverSurface>
    </Popover>
  );
}

/** Rows above which a block may go on on the next sheet of paper. */
const MOST_TOGETHER = 14;

type BlockProps = {
  sheet: Sheet;
  /** The picture; without one the table is all there is. */
  chart?: ReactNode;
  wide?: boolean;
  note?: ReactNode;
};

export function Block({ sheet, chart, wide, note }: BlockProps) {
  const [asTable, setAsTable] = useState(false);
  const { download, nothing } = useAround();
  const { id, heading } = sheet;
  const empty = isEmpty(sheet);
  const classes = ['block', ...(wide ? ['wide'] : []), ...(sheet.rows.length > MOST_TOGETHER ? ['long'] : [])];
  return (
    <section className={classes.join(' ')} aria-labelledby={`${id}-title`} data-block={id}>
      <header>
        <h3 id={`${id}-title`}>{heading}</h3>
        <Info label={heading} definition={sheet.definition} basis={sheet.basis} />
      </header>
      {empty || isHidden(sheet) ? (
        <p className="nothing">{empty ? (nothing ?? pageWords.empty.blocks[id]) : pageWords.empty.hidden}</p>
      ) : (
        <>
          {asTable || !chart ? <Table sheet={sheet} /> : chart}
          {note ? <p className="note">{note}</p> : null}
          <footer>
            {chart ? (
              <Button size="small" appearance="subtle" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
                {asTable ? words.asChart : words.asTable}
              </Button>
            ) : null}
            <span className="downloads">
              {(['csv', 'xlsx'] as const).map((format) => (
                <Button
                  key={format}
                  size="small"
                  appearance="subtle"
                  aria-label={words.exportAs(heading, words[format])}
                  onClick={() => download(id, format)}
                >
                  {words[format]}
                </Button>
              ))}
            </span>
          </footer>
        </>
      )}
    </section>
  );
}

const isEmpty = ({ id, rows }: Sheet): boolean =>
  id !== 'reach' && rows.every(({ values }) => values.every((value) => value === null || value === 0));

/** Nothing in it may be seen by this viewer; one sentence says so better than a table of it. */
const isHidden = ({ rows }: Sheet): boolean =>
  rows.every(({ values }) => values.every((value) => value === 'hidden' || value === null));

/** Without the columns of the year before for a viewer who has none to compare with. */
export const columnsOf = ({ columns, rows }: Sheet): { column: SheetColumn; at: number }[] =>
  columns
    .map((column, at) => ({ column, at }))
    .filter(({ column, at }) => column.id !== 'previous' || rows.some(({ values }) => values[at] !== null));

/** A number that opens the list of tickets behind it, where there is one. */
export function Figure({
  value,
  unit,
  of,
  drill,
}: {
  value: Value;
  unit: Unit;
  of: string;
  drill?: Drill | undefined;
}) {
  const { openList } = useAround();
  const text = shown(value, unit);
  if (value === 'hidden') return <abbr title={pageWords.number.hiddenMeans}>{text}</abbr>;
  if (!drill || value === 0 || value === null) return <>{text}</>;
  const label = `${text}. ${pageWords.figure.open(of)}`;
  return (
    <button type="button" className="figure" aria-label={label} onClick={() => openList(drill)}>
      {text}
    </button>
  );
}

/** What the tickets in one cell have in common; what is not about questions cannot be listed. */
export function drillOf(row: SheetRow, column: SheetColumn, at: number): Drill | undefined {
  const own = row.drills?.[column.id];
  if (own) return own;
  if (!row.drill || column.unit !== 'count') return undefined;
  if (column.drill) return { ...row.drill, ...column.drill };
  return at === 0 ? row.drill : undefined;
}

/** What is wider than a narrow screen scrolls by itself, also by keyboard. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  // Only what can be focused can be scrolled with the arrow keys.
  const focusable = { tabIndex: 0 };
  return (
    <section className="scroll" aria-label={label} {...focusable}>
      {children}
    </section>
  );
}

function Table({ sheet }: { sheet: Sheet }) {
  const columns = columnsOf(sheet);
  return (
    <Scroll label={sheet.heading}>
      <table className="plain">
        <caption>{sheet.heading}</caption>
        <thead>
          <tr>
            <th scope="col">{sheet.of}</th>
            {columns.map(({ column: { id, label } }) => (
              <th key={id} scope="col" className="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.label}</th>
              {columns.map(({ column, at }) => (
                <td key={column.id} className="number">
                  <Figure
                    value={row.values[at] ?? null}
                    unit={column.unit}
                    of={`${row.label}, ${column.label}`}
                    drill={drillOf(row, column, at)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
