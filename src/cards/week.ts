// The card with an advisor's own week: what was noted per day, and a form for time without a question. Knows no store.

import type { Directory } from '../domain/routing.ts';
import type { Day, Strategy } from '../domain/terms.ts';
import { nl } from '../locale/nl.ts';
import type { Card } from './card.ts';
import { fill } from './layout.ts';
import { themeChoices } from './requester.ts';

export type DayTotal = { day: Day; minutes: number; questions: number; ended: boolean };
export type TimeForm = { day: Day; minutes: string; strategy: string; theme: string; note: string };

export type WeekView = {
  directory: Directory;
  strategies: Strategy[];
  days: DayTotal[];
  form: TimeForm;
  key: string;
  earlier: Day;
  /** Absent in the week that is now. */
  later?: Day | undefined;
  last?: { time: string; line: string } | undefined;
  notice?: string | undefined;
  problem?: string | undefined;
};

export function weekCard(view: WeekView): Card {
  const { days, form } = view;
  const empty = (value: string): string | undefined => (value === '' ? undefined : value);
  return fill('week', {
    title: nl.week.title(nl.shortDay(days[0]!.day)),
    total: nl.week.total(nl.figures.minutes(days.reduce((sum, { minutes }) => sum + minutes, 0))),
    rows: days.map(({ day, minutes, questions, ended }) => ({
      day,
      title: nl.week.choose(nl.shortDay(day)),
      line: nl.week.line(nl.shortDay(day), minutes === 0 ? undefined : nl.figures.minutes(minutes)),
      detail: questions > 0 ? nl.week.questions(questions) : minutes === 0 && ended ? nl.week.gap : undefined,
    })),
    last: view.last,
    notice: view.notice,
    problem: view.problem,
    key: view.key,
    day: form.day,
    days: days.map(({ day }) => ({ title: nl.shortDay(day), value: day })),
    minutes: empty(form.minutes),
    strategy: form.strategy,
    strategies: view.strategies.map(({ id, name }) => ({ title: name, value: id })),
    theme: empty(form.theme),
    themes: themeChoices(view.directory),
    note: empty(form.note),
    earlier: view.earlier,
    later: view.later,
  });
}
