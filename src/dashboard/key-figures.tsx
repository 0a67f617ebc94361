// The row of key figures, each with its difference to the same days of the school year before. Knows no block.

import type { KeyFigure } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import { Info, useAround } from './block.tsx';

const words = pageWords.figure;

export function KeyFigures({ figures }: { figures: KeyFigure[] }) {
  const { openList } = useAround();
  const compared = figures.some(({ previous }) => previous !== null);
  return (
    <ul className="figures">
      {figures.map((figure) => {
        const { key, label, value, detail, definition, basis, drill, number } = figure;
        return (
          <li key={key} data-figure={key}>
            <div className="head">
              <span>{label}</span>
              <Info label={label} definition={definition} basis={basis} />
            </div>
            {drill && number ? (
              <button
                type="button"
                className="figure big"
                aria-label={`${value}. ${words.open(label)}`}
                onClick={() => openList(drill)}
              >
                {value}
              </button>
            ) : (
              <span className="big">{value}</span>
            )}
            {detail ? <span className="detail">{detail}</span> : null}
            {compared ? <span className="change">{changeOf(figure)}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}

/** In words and with a sign, never by colour alone; shares differ in points, everything else in per cent. */
function changeOf({ number, previous, unit }: KeyFigure): string {
  if (number === null || previous === null) return words.noPrevious;
  const before = pageWords.number[unit](previous);
  const change = unit === 'share' ? number - previous : previous === 0 ? undefined : number / previous - 1;
  if (number === previous || (change !== undefined && Math.abs(change) < 0.005)) return words.same;
  const by =
    change === undefined ? pageWords.number[unit](number) : words[unit === 'share' ? 'points' : 'percent'](change);
  return number > previous ? words.up(by, before) : words.down(by, before);
}
