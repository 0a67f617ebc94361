// Who asks what and when in a demonstration: fictional schools and staff, the rhythm of the school year, chance. Pure.

import { serviceFor } from '../../domain/routing.ts';
import type {
  Audience,
  Centre,
  CentreId,
  Day,
  FunctionId,
  Instant,
  Item,
  PersonId,
  SchoolYear,
  ThemeId,
} from '../../domain/terms.ts';
import { DAY_MS, HOUR_MS } from '../../domain/terms.ts';
import {
  brusselsDay,
  instantAt,
  isSchoolHoliday,
  schoolYearOf,
  schoolYearRange,
  workingMs,
} from '../../domain/working-time.ts';
import { locale } from '../../locale/locale.ts';
import type { Content } from '../ports.ts';
import { masked } from '../questions/form-check.ts';

const words = locale.demonstration;
export const WEEK_MS = 7 * DAY_MS;

/** Numbers from 0 up to 1, the same ones for the same seed. */
export type Random = () => number;

/** mulberry32 (T. Ettinger, public domain), seeded by FNV-1a of the text. */
export function randomOf(seed: string): Random {
  let state = 2_166_136_261;
  for (const sign of seed) state = Math.imul(state ^ sign.codePointAt(0)!, 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const chance = (random: Random, probability: number): boolean => random() < probability;
export const whole = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));
export const pick = <One>(random: Random, list: readonly One[]): One => list[Math.floor(random() * list.length)]!;
/** Around `middle`, one time in ten above about 3.6 times it: what waiting times look like. */
export const waiting = (random: Random, middle: number): number => middle * Math.exp(normal(random));

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One of the list, as often as its weight says; weights need not add up to 1. */
export function weighted<One>(
  random: Random,
  list: readonly One[],
  weightOf: (one: One, index: number) => number,
): One {
  let left = random() * list.reduce((sum, one, index) => sum + weightOf(one, index), 0);
  for (const [index, one] of list.entries()) {
    left -= weightOf(one, index);
    if (left < 0) return one;
  }
  return list.at(-1)!;
}

export type Asker = { person: PersonId; name: string; function: FunctionId; centre: CentreId; audience: Audience };
/** A question before anything happened to it. `topic` marks the ones that were planted. */
export type Planned = {
  at: Instant;
  asker: Asker;
  question: string;
  item?: Item;
  theme: ThemeId;
  year: SchoolYear;
  topic?: 'recurring' | 'gap';
};

/** Whole school years before the running one, oldest first, and the running one. */
export function schoolYearsUntil(now: Instant, whole: number): SchoolYear[] {
  const first = Number(schoolYearOf(now).slice(0, 4));
  return Array.from({ length: whole + 1 }, (_, index) => first - whole + index).map((year) => `${year}-${year + 1}`);
}

const SCHOOLS = 200;
const SCHOOL_KINDS: { audience: Audience; kind: keyof typeof words.schoolKinds; share: number }[] = [
  { audience: 'school', kind: 'primary', share: 0.58 },
  { audience: 'school', kind: 'secondary', share: 0.3 },
  { audience: 'internaat', kind: 'boarding', share: 0.05 },
  { audience: 'cvo', kind: 'adult', share: 0.07 },
];

/** 200 schools that do not exist and say so in their names, spread over the regions of the real centres. */
export function demonstrationSchools(content: Content): (Centre & { audience: Audience })[] {
  const random = randomOf('schools');
  const clbs = content.centres.filter(({ kind }) => kind === 'clb');
  return Array.from({ length: SCHOOLS }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    const { audience, kind } = weighted(random, SCHOOL_KINDS, ({ share }) => share);
    const near = clbs[index % Math.max(1, clbs.length)];
    return {
      id: `demo-school-${number}` as CentreId,
      name: words.school(number, words.schoolKinds[kind]),
      kind: 'school',
      region: near?.region ?? '',
      province: near?.province ?? '',
      audience,
    };
  });
}

/** The centre that falls silent after the first school year: a small one, so that nothing but the grid shows it. */
export function silentCentre(content: Content): CentreId | undefined {
  return content.centres.filter(({ kind }) => kind === 'clb').at(11)?.id;
}

/** The day on which something is decided about the planted topic: a Monday in the last whole school year. */
export function decisionDay(years: readonly SchoolYear[]): Day {
  const start = schoolYearRange(years.at(-2) ?? years.at(-1)!).from;
  const around = start + 21 * WEEK_MS + 12 * HOUR_MS;
  const weekday = (new Date(around).getUTCDay() + 6) % 7;
  return brusselsDay(around - weekday * DAY_MS);
}

/** Questions per school year, oldest first: the helpdesk grows as it becomes known. */
const VOLUMES = [1_350, 1_750, 2_150];
const STAFF_SHARE: Record<Audience, number> = { clb: 0.62, school: 0.31, internaat: 0.03, cvo: 0.04 };

/** Every question of the school years in the order in which they were asked; those after `until` are still to come. */
export function planQuestions(content: Content, years: readonly SchoolYear[], seed: string): Planned[] {
  const crowd = staff(content);
  const library = new Library(content);
  const planned = years.flatMap((year, index) => {
    const random = randomOf(`${seed} ${year}`);
    const days = daysOf(content, year);
    const volume = VOLUMES.at(index - years.length) ?? VOLUMES[0]!;
    return Array.from({ length: volume }, (): Planned => {
      const { day } = weightedDay(random, days);
      const asker = crowd.somebody(random, index === 0 ? undefined : silentCentre(content));
      return { at: momentOn(random, day), asker, year, ...library.question(random, asker.audience) };
    });
  });
  return [...planned, ...plantedQuestions(content, years, crowd, library, seed)].sort((a, b) => a.at - b.at);
}

/** The item that the recurring topic is about: of a theme with new rules, as in the annual reports. */
export function recurringItem(content: Content): Item | undefined {
  const known = content.items.filter(({ kind, audience }) => kind === 'faq' && audience.includes('clb'));
  return known.find(({ themes }) => themes[0] === words.recurringTheme) ?? known[0];
}

/** One topic that returns until something is decided about it, and one that nothing in the index answers. */
function plantedQuestions(
  content: Content,
  years: readonly SchoolYear[],
  crowd: ReturnType<typeof staff>,
  library: Library,
  seed: string,
): Planned[] {
  const random = randomOf(`${seed} topics`);
  const silent = silentCentre(content);
  const decided = instantAt(decisionDay(years), '12:00');
  const item = recurringItem(content);
  const planned: Planned[] = [];
  const ask = (week: number, from: Instant, about: Pick<Planned, 'question' | 'theme' | 'topic'> & { item?: Item }) => {
    const at = momentOn(random, workingDay(content, from + week * WEEK_MS + whole(random, 0, 4) * DAY_MS));
    planned.push({ at, asker: crowd.somebody(random, silent, 'clb'), year: schoolYearOf(at), ...about });
  };
  if (item) {
    for (let week = -16; week < 24; week++) {
      const many = week < 2 ? whole(random, 4, 7) : week < 12 ? whole(random, 0, 2) : whole(random, 0, 1);
      for (let n = 0; n < many; n++) {
        ask(week, decided, {
          topic: 'recurring',
          item,
          theme: item.themes[0],
          question: library.wording(random, item),
        });
      }
    }
  }
  const theme = library.gapTheme();
  const start = schoolYearRange(years.at(-1)!).from;
  for (let week = 4; week < 16; week++) {
    for (let n = whole(random, 1, 3); n > 0; n--) {
      ask(week, start, { topic: 'gap', theme, question: pick(random, words.gap) });
    }
  }
  return planned;
}

/** The people who ask: roles with numbers, a few per school and more per CLB. */
function staff(content: Content) {
  const random = randomOf('staff');
  const people: Asker[] = [];
  const size = new Map<CentreId, number>();
  const jobs = (audience: Audience) => content.functions.filter((job) => job.audience === audience);
  const engage = (centre: CentreId, audience: Audience, many: number) => {
    const open = jobs(audience);
    for (let n = 0; n < many && open.length > 0; n++) {
      const number = people.length + 1;
      people.push({
        person: `demo-person-${String(number).padStart(4, '0')}` as PersonId,
        name: words.person(number),
        function: weighted(random, open, (_, index) => 1 / (index + 1)).id,
        centre,
        audience,
      });
    }
  };
  for (const { id, kind } of content.centres) {
    if (kind !== 'clb') continue;
    size.set(id, 0.4 + 1.6 * random());
    engage(id, 'clb', whole(random, 9, 24));
  }
  for (const { id, audience } of demonstrationSchools(content)) {
    size.set(id, waiting(random, 1));
    engage(id, audience, whole(random, 1, 3));
  }
  const byCentre = Map.groupBy(people, ({ centre }) => centre);
  const centres = [...byCentre.keys()];
  const audienceOf = (centre: CentreId) => byCentre.get(centre)![0]!.audience;
  const audiences = [...new Set(centres.map(audienceOf))];
  return {
    somebody(random: Random, silent?: CentreId, only?: Audience): Asker {
      const audience = only ?? weighted(random, audiences, (one) => STAFF_SHARE[one]);
      const own = centres.filter((centre) => audienceOf(centre) === audience && centre !== silent);
      const centre = weighted(random, own.length > 0 ? own : centres, (one) => size.get(one)!);
      // Some colleagues ask often, most now and then.
      return weighted(random, byCentre.get(centre)!, (_, index) => 1 / (index + 1));
    },
  };
}

/** What is asked: the wordings of the FAQ, the popular themes and items more often. */
class Library {
  readonly #content: Content;
  readonly #items: Map<Audience, { theme: ThemeId; weight: number; items: Item[] }[]> = new Map();

  constructor(content: Content) {
    this.#content = content;
  }

  question(random: Random, audience: Audience): Pick<Planned, 'question' | 'item' | 'theme'> {
    const { items } = weighted(random, this.#themes(audience), ({ weight }) => weight);
    const item = weighted(random, items, (_, index) => 1 / (index + 2));
    return { item, theme: item.themes[0], question: this.wording(random, item) };
  }

  wording(random: Random, item: Item): string {
    const typed = pick(random, [item.title, ...item.variants, ...item.wordings]);
    return masked(typed);
  }

  gapTheme(): ThemeId {
    const { themes } = this.#content;
    return (themes.find(({ id }) => id === words.gapTheme) ?? themes[0]!).id;
  }

  #themes(audience: Audience) {
    const known = this.#items.get(audience);
    if (known) return known;
    const faq = this.#content.items.filter(({ kind }) => kind === 'faq');
    const own = faq.filter((item) => item.audience.includes(audience));
    const service = this.#content.services.find((one) => one.audience.includes(audience));
    const ofService = faq.filter(({ themes: [theme] }) => serviceFor(this.#content, undefined, theme) === service?.id);
    const usable = [own, ofService, faq].find(({ length }) => length > 0) ?? [];
    const byTheme = Map.groupBy(usable, ({ themes: [theme] }) => theme);
    // The themes stand in the content in the order of their weight in the annual reports.
    const groups = this.#content.themes
      .flatMap(({ id }) => (byTheme.has(id) ? [{ theme: id, items: byTheme.get(id)! }] : []))
      .map((group, index) => ({ ...group, weight: 1 / (index + 2.5) }));
    this.#items.set(audience, groups);
    return groups;
  }
}

type WeightedDay = { day: Day; upTo: number };

/** Busy in autumn and at the end of the year, quiet on Wednesday and Friday, hardly anybody in the holidays. */
const WEEKDAY = [0.02, 1.2, 1.15, 0.8, 1.05, 0.8, 0.03];
const MONTH = [1.1, 0.95, 1.05, 1, 1.1, 1.15, 1, 1, 1.25, 1.2, 1.15, 0.9];

function daysOf(content: Content, year: SchoolYear): WeightedDay[] {
  const { from, to } = schoolYearRange(year);
  const days: WeightedDay[] = [];
  let upTo = 0;
  for (let noon = from + 12 * HOUR_MS; noon < to; noon += DAY_MS) {
    const day = brusselsDay(noon);
    const open = workingMs(content.calendar, instantAt(day, '00:00'), instantAt(day, '24:00')) > 0;
    const [, month = 1] = day.split('-').map(Number);
    const summer = month === 7 || month === 8;
    const holiday = isSchoolHoliday(content.calendar, day) || summer ? (summer ? 0.1 : 0.14) : 1;
    upTo += open ? WEEKDAY[new Date(noon).getUTCDay()]! * MONTH[month - 1]! * holiday : 0;
    days.push({ day, upTo });
  }
  return days;
}

function weightedDay(random: Random, days: readonly WeightedDay[]): WeightedDay {
  const wanted = random() * days.at(-1)!.upTo;
  return days.find(({ upTo }) => wanted < upTo) ?? days.at(-1)!;
}

/** Mostly in the middle of the morning and after lunch; now and then in the evening. */
function momentOn(random: Random, day: Day): Instant {
  const hump = chance(random, 0.55) ? 10.2 + 0.9 * normal(random) : 14.3 + 0.9 * normal(random);
  const hour = chance(random, 0.04) ? 19 + 3 * random() : Math.min(17.4, Math.max(8, hump));
  return instantAt(day, '00:00') + Math.round(hour * 3_600) * 1_000;
}

/** The day itself or the next one on which somebody works. */
export function workingDay(content: Content, at: Instant): Day {
  for (let noon = at; noon < at + 60 * DAY_MS; noon += DAY_MS) {
    const day = brusselsDay(noon);
    if (workingMs(content.calendar, instantAt(day, '00:00'), instantAt(day, '24:00')) > 0) return day;
  }
  return brusselsDay(at);
}
