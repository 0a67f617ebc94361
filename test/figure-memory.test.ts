// Facts that come, change, move and go: the columns and what is remembered of them against a table made afresh.

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import type { Content } from '../src/app/ports.ts';
import { createFactTable } from '../src/domain/fact-table.ts';
import type { Facts } from '../src/domain/facts.ts';
import { createFigureMemory } from '../src/domain/figure-memory.ts';
import { earliestIn, measureWithPrevious } from '../src/domain/measures.ts';
import { type Context, type Filters, select } from '../src/domain/selection.ts';
import type { TicketId } from '../src/domain/terms.ts';
import { DAY_MS } from '../src/domain/terms.ts';

const NOW = Date.parse('2026-11-24T09:00:00Z');
let content: Content;
let context: Context;
beforeAll(async () => {
  ({ content } = await loadContent('content'));
  const { services, themes, centres, functions, strategies, survey } = content;
  context = { directory: { services, themes, centres, functions, strategies }, survey, now: NOW };
});

const VIEWS: Filters[] = [
  { schoolYear: '2026-2027' },
  { schoolYear: '2025-2026' },
  { schoolYear: '2024-2025' },
  { month: '2025-10' },
  { schoolYear: '2025-2026', channel: 'teams' },
  {},
];

type Seed = { row: number; gone: boolean; daysAgo: number; by: number; kind: number; theme: number; open: boolean };
const anySeed: fc.Arbitrary<Seed> = fc.record({
  row: fc.nat(30),
  gone: fc.boolean(),
  daysAgo: fc.nat(900),
  by: fc.nat(4),
  kind: fc.nat(2),
  theme: fc.nat(2),
  open: fc.boolean(),
});

/** Facts of a question that was answered by the index, routed or registered. */
function factsFrom({ row, daysAgo, by, kind, theme, open }: Seed): Facts {
  const askedAt = NOW - daysAgo * DAY_MS - row;
  const closedAt = Math.min(NOW, askedAt + 3 * DAY_MS);
  const silent = kind === 0 && !open;
  return {
    ticket: `t${row}` as TicketId,
    number: `HD-${row}`,
    askedAt,
    channel: kind === 2 ? 'phone' : 'teams',
    service: content.services[0]!.id,
    theme: content.themes[theme]!.id,
    suggestedTheme: content.themes[0]!.id,
    centre: content.centres[by]!.id,
    ...(by > 0 && { requester: `p${by}` }),
    ...(!open && { outcome: silent ? 'self-service-unconfirmed' : 'answered' }),
    states: [{ at: askedAt, kind: 'open' }, ...(open ? [] : [{ at: closedAt, kind: 'closed' as const }])],
    suggested: 'answer',
    ...(kind === 1 && { routedAt: askedAt + DAY_MS, toResponse: row * 1_000, toClose: row * 3_000 }),
    registered: kind === 2,
    minutes: kind * 10,
    handOvers: kind,
    surveySent: !open,
    ...(kind === 1 && !open && { scores: { [content.survey.items[0]!.id]: 5 + theme } }),
    ...(silent && { unconfirmed: { from: askedAt, until: askedAt + 5 * DAY_MS } }),
  };
}

describe('figures of rows that change', () => {
  it('are those of a table made afresh, also of periods that were remembered, after each change and restart', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ seed: anySeed, restart: fc.nat(9) }), { minLength: 5, maxLength: 40, size: 'max' }),
        (deeds) => {
          const memory = createFigureMemory();
          let table = createFactTable();
          const rows = new Map<number, Facts | undefined>();
          for (const { seed, restart } of deeds) {
            const facts = seed.gone && rows.has(seed.row) ? undefined : factsFrom(seed);
            rows.set(seed.row, facts);
            table.put(seed.row, facts);
            memory.changed(table.changedFrom());
            if (restart === 0) {
              const again = createFactTable();
              expect(again.restore(table.save())).toBe(true);
              table = again;
            }
            const base = { tickets: table, sessions: [], time: [] };
            const view = VIEWS[seed.row % VIEWS.length]!;
            memory.withPrevious(base, context, view);
          }
          const fresh = createFactTable();
          for (const [row, facts] of rows) if (facts) fresh.put(row, facts);
          const [kept, made] = [table, fresh].map((tickets) => ({ tickets, sessions: [], time: [] }));
          for (const filters of VIEWS) {
            expect(memory.withPrevious(kept!, context, filters)).toEqual(measureWithPrevious(made!, context, filters));
            const listed = [kept!, made!].map(({ tickets }) =>
              tickets.latest(select(tickets, context, filters).behind(), 20),
            );
            expect(listed[0]).toEqual(listed[1]);
          }
          expect(earliestIn(kept!)).toBe(earliestIn(made!));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are counted once as long as nothing in their period changes', () => {
    const table = createFactTable();
    const base = { tickets: table, sessions: [], time: [] };
    const seed: Seed = { row: 0, gone: false, daysAgo: 400, by: 1, kind: 1, theme: 0, open: false };
    table.put(0, factsFrom(seed));
    const memory = createFigureMemory();
    const year = (now = NOW) => memory.figures(base, { ...context, now }, { schoolYear: '2025-2026' });
    memory.changed(table.changedFrom());
    const first = year();
    table.put(1, factsFrom({ ...seed, row: 1, daysAgo: 3, by: 2 }));
    memory.changed(table.changedFrom());
    expect(year(NOW + DAY_MS)).toBe(first);
    table.put(1, factsFrom({ ...seed, row: 1, daysAgo: 398, by: 2 }));
    memory.changed(table.changedFrom());
    expect(year().questions.total).toBe(first.questions.total + 1);
    context = { ...context, survey: { ...context.survey, positiveFrom: 1 } };
    expect(year()).not.toBe(first);
  });

  it('of the year before are counted once an hour', () => {
    const table = createFactTable();
    const seed: Seed = { row: 0, gone: false, daysAgo: 400, by: 1, kind: 1, theme: 0, open: false };
    table.put(0, factsFrom(seed));
    const base = { tickets: table, sessions: [], time: [] };
    const memory = createFigureMemory();
    const hour = Math.floor(NOW / 3_600_000) * 3_600_000;
    const earlier = (now: number) =>
      memory.withPrevious(base, { ...context, now }, { schoolYear: '2026-2027' }).previous;
    memory.changed(table.changedFrom());
    const first = earlier(hour + 1_000);
    expect(first).toBeDefined();
    table.put(1, factsFrom({ ...seed, row: 1, daysAgo: 3, by: 2 }));
    memory.changed(table.changedFrom());
    expect(earlier(hour + 3_599_000)).toBe(first);
    expect(earlier(hour + 3_601_000)).not.toBe(first);
  });

  it('are sorted again after many came in the wrong order', () => {
    const table = createFactTable();
    const many = 5_000;
    const seed: Seed = { row: 0, gone: false, daysAgo: 0, by: 1, kind: 1, theme: 0, open: false };
    const facts = factsFrom(seed);
    for (let row = 0; row < many; row++) table.put(row, { ...facts, askedAt: NOW - ((row * 7919) % many) });
    const order = Array.from(table.asked(NOW - many, NOW + 1), (row) => table.columns.askedAt[row]!);
    expect(order).toEqual(Array.from({ length: many }, (_, at) => NOW - many + 1 + at));
    const last = table.asked(NOW - many, NOW + 1).at(-1)!;
    expect(table.latest(table.asked(0, NOW + 1), 3, table.cursorAfter(last))).toHaveLength(3);
  });
});
