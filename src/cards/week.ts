// The card with an advisor's own week: what was noted per day, and a form for time without a question. Knows no store.

import type { Directory } from '../domain/routing.ts';
import type { Day, Strategy } from '../domain/terms.ts';
import type { Ticket } from '../domain/ticket.ts';
import { locale } from '../locale/locale.ts';
import type { Card } from './card.ts';
import { choices, themeChoices } from './fields.ts';
import { fill } from './layout.ts';
import { escapeMarkdown, excerpt } from './text.ts';

export type DayTotal = { day: Day; minutes: number; questions: number; ended: boolean };
export type TimeForm = { day: Day; minutes: string; strategy: string; theme: string; note: string };

export type WeekView = {
  directory: Directory;
  strategies: Strategy[];
  days: DayTotal[];
  /** Finished questions of this week on which this advisor worked and noted no time. */
  untimed?: Ticket[];
  form: TimeForm;
  key: string;
  earlier: Day;
  /** Absent in the week that is now. */
  later?: Day | undefined;
  last?: { time: string; line: string } | undefined;
  notice?: string | undefined;
  problem?: string | undefined;
};

const ONE_TAP = [5, 10, 15, 30, 60];

export function weekCard(view: WeekView): Card {
  const { days, form } = view;
  const empty = (value: string): string | undefined => (value === '' ? undefined : value);
  return fill('week', {
    title: locale.week.title(locale.shortDay(days[0]!.day)),
    total: locale.week.total(locale.figures.minutes(days.reduce((sum, { minutes }) => sum + minutes, 0))),
    rows: days.map(({ day, minutes, questions, ended }) => ({
      day,
      title: locale.week.choose(locale.shortDay(day)),
      line: locale.week.line(locale.shortDay(day), minutes === 0 ? undefined : locale.figures.minutes(minutes)),
      detail: questions > 0 ? locale.week.questions(questions) : minutes === 0 && ended ? locale.week.gap : undefined,
    })),
    untimed: (view.untimed ?? []).map((ticket) => ({
      line: locale.week.untimedLine(ticket.number, escapeMarkdown(excerpt(ticket.question))),
      buttons: ONE_TAP.map((minutes) => ({
        title: locale.common.minutes(minutes),
        minutes: String(minutes),
        ticket: ticket.id,
      })),
    })),
    last: view.last,
    notice: view.notice,
    problem: view.problem,
    key: view.key,
    day: form.day,
    days: days.map(({ day }) => ({ title: locale.shortDay(day), value: day })),
    minutes: empty(form.minutes),
    strategy: form.strategy,
    strategies: choices(view.strategies),
    theme: empty(form.theme),
    themes: themeChoices(view.directory, form.theme),
    note: empty(form.note),
    earlier: view.earlier,
    later: view.later,
  });
}
