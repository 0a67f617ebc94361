// The key figures at the top of the dashboard, and what of them anybody may see. Pure; knows no sheet and no screen.

import { FEWEST_PEOPLE, type FigureKey, type Figures, type Share } from '../../domain/measures.ts';
import { mostPeople, openShare, openSplit, openTables } from '../../domain/small-cells.ts';
import { brusselsDay } from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Content, Measured } from '../ports.ts';
import type { Drill, KeyFigure, Unit, Value } from './dashboard-shapes.ts';
import { wholesOf } from './names.ts';

export type Words = Pick<Content, 'themes' | 'centres' | 'functions' | 'survey'>;
/** `everything`: the quality role. Anybody else sees no number that fewer than 5 people stand behind. */
export type Audience = { everything: boolean };

/** Fewer people than may be shown asked anything. */
export const hasFew = ({ requesters, questions }: Figures): boolean =>
  questions.total > 0 && Math.max(requesters, mostPeople(questions.byChannel)) < FEWEST_PEOPLE;

/** What stands both among the key figures and beside other school years. */
export function seenOf(figures: Figures, words: Words, everything: boolean) {
  const { selfService, firstResponse, satisfaction: scored, backlog, minutes } = figures;
  const items = everything
    ? scored.items.flatMap(({ positive }) => positive ?? [])
    : scored.open.flatMap(({ n, positive }) => openPositive(n, positive) ?? []);
  const open = (safe: boolean, value: number | undefined): Value => (everything || safe ? (value ?? null) : 'hidden');
  const [explicit] = openSplit([selfService.explicit, selfService.unconfirmed]);
  return {
    explicit:
      everything || selfService.explicit.of === 0 ? (selfService.explicit.share ?? null) : (explicit ?? 'hidden'),
    median: open(firstResponse.n >= FEWEST_PEOPLE || firstResponse.n === 0, firstResponse.median),
    positive: items.length === 0 ? null : items.reduce((sum, value) => sum + value, 0) / items.length,
    time: open(minutes.total === 0 || openTables(figures, wholesOf(words))?.minutes !== undefined, minutes.total),
    backlog: open(backlog.total === 0 || mostPeople(backlog.byAge) >= FEWEST_PEOPLE, backlog.total),
  } satisfies Record<string, Value>;
}

/** The key figures at the top, in their order. */
export function keyFigures({ figures, previous, asOf }: Measured, words: Words, { everything }: Audience): KeyFigure[] {
  const numbers = (of: Figures): Record<string, Value> => {
    const { explicit, median, positive, time, backlog } = seenOf(of, words, everything);
    return {
      questions: of.questions.total,
      requesters: of.requesters,
      reach: of.reach.centres.share ?? null,
      selfService: explicit,
      firstResponse: median,
      satisfaction: positive,
      minutes: time,
      backlog,
    };
  };
  const { selfService, firstResponse, satisfaction: survey, reach: reached } = figures;
  const duration = (ms: number | undefined) =>
    ms === undefined ? locale.dashboard.number.none : locale.dashboard.number.duration(ms);
  const share = (of: Share) =>
    of.share === undefined ? locale.dashboard.number.none : locale.dashboard.number.share(of.share);
  const all = (text: string): string => (everything ? text : '');
  const shown: Partial<Record<FigureKey, { unit: Unit; detail: string; drill?: Drill }>> = {
    questions: { unit: 'count', detail: '', drill: {} },
    requesters: { unit: 'count', detail: '', drill: { part: 'requester-known' } },
    reach: { unit: 'share', detail: locale.sheets.detail.centres(reached.centres.count, reached.centres.of) },
    selfService: {
      unit: 'share',
      detail: all(locale.sheets.detail.unconfirmed(share(selfService.unconfirmed))),
      drill: { part: 'self-service' },
    },
    firstResponse: {
      unit: 'duration',
      detail: all(locale.sheets.detail.median(duration(firstResponse.p90), firstResponse.n)),
      drill: { part: 'responded' },
    },
    satisfaction: {
      unit: 'share',
      detail: all(locale.sheets.detail.answers(survey.response.count, survey.response.of)),
    },
    minutes: { unit: 'minutes', detail: '', drill: { part: 'with-minutes' } },
    backlog: {
      unit: 'count',
      detail: locale.sheets.detail.at(
        figures.backlog.at >= asOf - 60_000 ? undefined : locale.dashboard.day(brusselsDay(figures.backlog.at)),
      ),
      drill: { part: 'backlog' },
    },
  };
  const now = numbers(figures);
  const before = everything && previous ? numbers(previous) : {};
  const few = !everything && hasFew(figures);
  return (Object.keys(shown) as FigureKey[]).map((key) => {
    const { unit, drill, detail: about } = shown[key]!;
    const value = few ? 'hidden' : now[key]!;
    const hidden = value === 'hidden';
    const number = hidden ? null : value;
    const earlier = before[key];
    return {
      key,
      ...locale.figures.definitions[key],
      basis: key === 'backlog' ? locale.sheets.basis.now : locale.sheets.basis.asked,
      value: hidden
        ? locale.dashboard.number.hidden
        : number === null
          ? locale.dashboard.number.none
          : locale.dashboard.number[unit](number),
      detail: hidden ? locale.dashboard.number.hiddenMeans : about,
      unit,
      number,
      previous: typeof earlier === 'number' ? earlier : null,
      ...(drill ? { drill } : {}),
    };
  });
}

/** The positive share of `n` scores as anybody may see it. */
export const openPositive = (n: number, positive: number | undefined): number | undefined =>
  positive === undefined ? undefined : openShare({ count: Math.round(positive * n), of: n, share: positive });
