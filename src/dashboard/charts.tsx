// The pictures, each of one sheet: lists with bars, columns per month, a grid, and two-part bars. Knows no figure.

import { useState } from 'react';
import type { Sheet, SheetRow, Value } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import { columnsOf, drillOf, Figure, Scroll, shown } from './block.tsx';

const words = pageWords.block;
const numberOf = (value: Value | undefined): number => (typeof value === 'number' ? value : 0);
const percent = (part: number, of: number): string => `${of === 0 ? 0 : Math.round((part / of) * 1_000) / 10}%`;

function Legend({ previous = true }: { previous?: boolean }) {
  return (
    <p className="legend">
      <span>
        <i className="swatch current" /> {words.current}
      </span>
      {previous ? (
        <span>
          <i className="swatch previous" /> {words.previous}
        </span>
      ) : null}
    </p>
  );
}

/** Rows that are shown before "Toon alle". */
const FIRST_ROWS = 10;
/** Rows that go on paper: a sheet with one per school fills pages that nobody reads, and can be downloaded whole. */
const PAPER_ROWS = 40;

/** One bar per row for the first column; a mark where the second column, last year, was. The others are on paper. */
export function Bars({ sheet, all = false }: { sheet: Sheet; all?: boolean }) {
  const [unfolded, setUnfolded] = useState(all);
  const [first, second, ...rest] = columnsOf(sheet);
  if (!first) return null;
  const { column } = first;
  const before = second?.column.id === 'previous' ? second.column : undefined;
  const compared = before !== undefined;
  const others = compared || !second ? rest : [second, ...rest];
  const highest = Math.max(
    1,
    ...sheet.rows.flatMap(({ values }) => [numberOf(values[0]), compared ? numberOf(values[1]) : 0]),
  );
  const rows = unfolded ? sheet.rows : sheet.rows.slice(0, PAPER_ROWS);
  return (
    <>
      <table className="bars">
        <caption>{sheet.heading}</caption>
        <thead>
          <tr>
            <th scope="col">{sheet.of}</th>
            <th scope="col">{column.label}</th>
            {compared ? <th scope="col">{words.previous}</th> : null}
            {others.map(({ column: { id, label } }) => (
              <th key={id} scope="col" className="number on-paper">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={row.id} className={place < FIRST_ROWS || unfolded ? '' : 'folded'}>
              <th scope="row" title={row.label}>
                {row.label}
              </th>
              <td>
                <div className="bar-line">
                  <div className="track" aria-hidden="true">
                    <div className="bar" style={{ width: percent(numberOf(row.values[0]), highest) }} />
                    {compared && numberOf(row.values[1]) > 0 ? (
                      <div className="mark" style={{ left: percent(numberOf(row.values[1]), highest) }} />
                    ) : null}
                  </div>
                  <span className="value">
                    <Figure
                      value={row.values[0] ?? null}
                      unit={column.unit}
                      of={row.label}
                      drill={drillOf(row, column, 0)}
                    />
                  </span>
                </div>
              </td>
              {before ? <td className="number before">{shown(row.values[1], before.unit)}</td> : null}
              {others.map(({ column: { id, unit }, at }) => (
                <td key={id} className="number on-paper">
                  {shown(row.values[at], unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sheet.rows.length > FIRST_ROWS && !all ? (
        <button type="button" className="figure unfold" onClick={() => setUnfolded(!unfolded)} aria-expanded={unfolded}>
          {unfolded ? words.fewer : words.more(sheet.rows.length)}
        </button>
      ) : null}
      {sheet.rows.length > rows.length ? (
        <p className="note on-paper">{words.notOnPaper(sheet.rows.length - rows.length)}</p>
      ) : null}
      {compared ? <Legend /> : null}
    </>
  );
}

/** Two columns per month: this school year, and the same month a school year earlier. */
export function Months({ sheet }: { sheet: Sheet }) {
  const compared = columnsOf(sheet).length > 1;
  const highest = Math.max(1, ...sheet.rows.flatMap(({ values }) => values.map(numberOf)));
  const [column] = sheet.columns;
  return (
    <>
      <Scroll label={sheet.heading}>
        <ol className="months">
          {sheet.rows.map((row) => (
            <li key={row.id} className={row.values[0] === null ? 'to-come' : ''}>
              <div className="columns" aria-hidden="true">
                {compared ? (
                  <div className="previous" style={{ height: percent(numberOf(row.values[1]), highest) }} />
                ) : null}
                <div className="current" style={{ height: percent(numberOf(row.values[0]), highest) }} />
              </div>
              <span className="value">
                {row.values[0] === null ? null : (
                  <Figure value={row.values[0] ?? null} unit="count" of={row.label} drill={drillOf(row, column!, 0)} />
                )}
              </span>
              <span className="before on-paper">
                {!compared || row.values[0] === null ? '' : shown(row.values[1], 'count')}
              </span>
              <abbr title={row.label}>{pageWords.month(row.id)}</abbr>
            </li>
          ))}
        </ol>
      </Scroll>
      <Legend previous={compared} />
    </>
  );
}

/** A row per centre and a column per month; the deeper the colour, the more questions. Zeros stay visible. */
export function Grid({ sheet }: { sheet: Sheet }) {
  const months = sheet.columns.map((column, at) => ({ column, at })).filter(({ column }) => column.drill?.month);
  const others = sheet.columns.map((column, at) => ({ column, at })).filter(({ column }) => !column.drill?.month);
  const highest = Math.max(1, ...sheet.rows.flatMap(({ values }) => months.map(({ at }) => numberOf(values[at]))));
  return (
    <Scroll label={sheet.heading}>
      <table className="grid">
        <caption>{sheet.heading}</caption>
        <thead>
          <tr>
            <th scope="col">{sheet.of}</th>
            {others.map(({ column }) => (
              <th key={column.id} scope="col" className="number">
                {column.label}
              </th>
            ))}
            {months.map(({ column }) => (
              <th key={column.id} scope="col" className="number" title={column.label}>
                {pageWords.month(column.id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <GridRow key={row.id} row={row} sheet={sheet} cells={[...others, ...months]} highest={highest} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

type GridCell = { column: Sheet['columns'][number]; at: number };

function GridRow({ row, sheet, cells, highest }: { row: SheetRow; sheet: Sheet; cells: GridCell[]; highest: number }) {
  const silent = sheet.columns.every(({ unit }, at) => unit !== 'count' || row.values[at] === 0);
  return (
    <tr className={silent ? 'silent' : ''}>
      <th scope="row">
        {row.label}
        {silent ? <span className="badge">{words.silent}</span> : null}
      </th>
      {cells.map(({ column, at }) => {
        const value = row.values[at] ?? null;
        const depth = column.drill?.month ? Math.ceil((numberOf(value) / highest) * 4) : 0;
        return (
          <td key={column.id} className="number" data-depth={depth}>
            <Figure
              value={value}
              unit={column.unit}
              of={`${row.label}, ${column.label}`}
              drill={drillOf(row, column, at)}
            />
          </td>
        );
      })}
    </tr>
  );
}

/** Per row one bar of two parts: the share that is positive and the rest. Columns: n, positive, other, mean. */
export function Scores({ sheet }: { sheet: Sheet }) {
  return (
    <>
      <ul className="scores">
        {sheet.rows.map(({ id, label, values: [n, positive, other, mean] }) => (
          <li key={id}>
            <div className="head">
              <span>{label}</span>
              <span className="before">
                {words.respondents(numberOf(n))}
                <span className="on-paper">{words.meanOf(shown(mean, 'score'))}</span>
              </span>
            </div>
            {typeof positive === 'number' && typeof other === 'number' ? (
              <div className="pair">
                <span className="value">{shown(positive, 'share')}</span>
                <div className="split" aria-hidden="true">
                  <div className="positive" style={{ width: percent(positive, 1) }} />
                  <div className="other" style={{ width: percent(other, 1) }} />
                </div>
                <span className="before">{shown(other, 'share')}</span>
              </div>
            ) : (
              <p className="note">{words.tooFew(numberOf(n))}</p>
            )}
          </li>
        ))}
      </ul>
      <p className="legend">
        <span>
          <i className="swatch current" /> {words.positive}
        </span>
        <span>
          <i className="swatch other" /> {words.other}
        </span>
      </p>
    </>
  );
}
