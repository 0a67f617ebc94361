// Working hours, working days and school years in Brussels, also over holidays and the change of the clock.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorkingCalendar } from '../src/domain/terms.ts';
import {
  addWorkingDays,
  addWorkingHours,
  brusselsDay,
  instantAt,
  isSchoolHoliday,
  monthOf,
  nextClosing,
  opennessAt,
  schoolYearOf,
  schoolYearRange,
  weekOf,
  workingMs,
} from '../src/domain/working-time.ts';
import { processorMs } from './processor.ts';

const HOUR = 3_600_000;
const office: [string, string][] = [
  ['08:30', '12:00'],
  ['13:00', '16:30'],
];
const calendar: WorkingCalendar = {
  week: { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [] },
  closed: [
    { name: 'Wapenstilstand', from: '2026-11-11', to: '2026-11-11' },
    { name: 'Kerstsluiting', from: '2026-12-25', to: '2027-01-01' },
  ],
  schoolHolidays: [
    { name: 'Herfstvakantie', from: '2026-11-02', to: '2026-11-08' },
    { name: 'Kerstvakantie', from: '2026-12-21', to: '2027-01-03' },
  ],
};
const allDay: [string, string][] = [['00:00', '24:00']];
const roundTheClock: WorkingCalendar = {
  week: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
  closed: [],
  schoolHolidays: [],
};
const neverOpen: WorkingCalendar = { week: { mon: [] }, closed: [], schoolHolidays: [] };

const at = (text: string) => instantAt(text.slice(0, 10), text.slice(11));
const clock = (instant: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels', dateStyle: 'short', timeStyle: 'short' }).format(
    instant,
  );

describe('days and school years are those of the Brussels clock', () => {
  test('a day starts at midnight in Brussels, in winter and in summer', () => {
    expect(brusselsDay(Date.parse('2026-11-23T22:59:59Z'))).toBe('2026-11-23');
    expect(brusselsDay(Date.parse('2026-11-23T23:00:00Z'))).toBe('2026-11-24');
    expect(brusselsDay(Date.parse('2026-06-30T21:59:59Z'))).toBe('2026-06-30');
    expect(brusselsDay(Date.parse('2026-06-30T22:00:00Z'))).toBe('2026-07-01');
    expect(monthOf(Date.parse('2026-06-30T22:00:00Z'))).toBe('2026-07');
  });

  test('the clock change of March skips an hour and that of October shows one twice', () => {
    expect(instantAt('2026-03-29', '01:59')).toBe(Date.parse('2026-03-29T00:59:00Z'));
    expect(clock(instantAt('2026-03-29', '02:30'))).toBe('2026-03-29 03:30');
    expect(instantAt('2026-03-29', '03:00')).toBe(Date.parse('2026-03-29T01:00:00Z'));
    expect(instantAt('2026-10-25', '01:59')).toBe(Date.parse('2026-10-24T23:59:00Z'));
    expect(instantAt('2026-10-25', '02:30')).toBe(Date.parse('2026-10-25T00:30:00Z'));
    expect(instantAt('2026-10-25', '03:00')).toBe(Date.parse('2026-10-25T02:00:00Z'));
    expect(instantAt('2026-03-30', '00:00') - instantAt('2026-03-29', '00:00')).toBe(23 * HOUR);
    expect(instantAt('2026-10-25', '24:00') - instantAt('2026-10-25', '00:00')).toBe(25 * HOUR);
  });

  test('an instant made from a day and a time shows that day and time again', () => {
    const day = fc.integer({ min: 0, max: 80_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    // 02:00 to 02:59 does not exist on one day a year.
    const hour = fc.integer({ min: 0, max: 23 }).filter((h) => h !== 2);
    fc.assert(
      fc.property(day, hour, fc.integer({ min: 0, max: 59 }), (d, h, m) => {
        const time = `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
        expect(clock(instantAt(d, time))).toBe(`${d} ${time}`);
        expect(brusselsDay(instantAt(d, time))).toBe(d);
      }),
    );
  });

  test('a school year ends on 31 August at midnight in Brussels', () => {
    expect(schoolYearOf(at('2026-08-31 23:59'))).toBe('2025-2026');
    expect(schoolYearOf(at('2026-09-01 00:00'))).toBe('2026-2027');
    expect(schoolYearOf(at('2027-01-01 00:00'))).toBe('2026-2027');
    const { from, to } = schoolYearRange('2026-2027');
    expect([from, to]).toEqual([Date.parse('2026-08-31T22:00:00Z'), Date.parse('2027-08-31T22:00:00Z')]);
    expect([from - 1, from, to - 1, to].map(schoolYearOf)).toEqual([
      '2025-2026',
      '2026-2027',
      '2026-2027',
      '2027-2028',
    ]);
  });

  test.each(['2026', '2026-2028', '2026/2027', '26-27', '2026-2027 ', ''])(
    '"%s" is refused as a school year',
    (name) => {
      expect(() => schoolYearRange(name)).toThrow(
        new RangeError(`"${name}" is no school year; write two consecutive years, such as "2026-2027"`),
      );
    },
  );

  test('malformed days and times are refused', () => {
    for (const day of ['2026-02-30', '2026-13-01', '24-11-2026', '2026-1-1', '']) {
      expect(() => instantAt(day, '08:00')).toThrow(RangeError);
    }
    for (const time of ['24:01', '8:00', '08:60', '0800', '']) {
      expect(() => instantAt('2026-11-24', time)).toThrow(RangeError);
    }
  });

  test('both ends of a school holiday belong to it', () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-08', '2026-11-09'];
    expect(days.map((day) => isSchoolHoliday(calendar, day))).toEqual([false, true, true, false]);
  });
});

describe('working time runs only while somebody is there', () => {
  test('lunch, evening, night and weekend do not count', () => {
    expect(workingMs(calendar, at('2026-11-24 11:00'), at('2026-11-24 14:00'))).toBe(2 * HOUR);
    expect(workingMs(calendar, at('2026-11-24 12:00'), at('2026-11-24 13:00'))).toBe(0);
    expect(workingMs(calendar, at('2026-11-20 16:00'), at('2026-11-23 09:00'))).toBe(HOUR);
    expect(workingMs(calendar, at('2026-11-21 00:00'), at('2026-11-23 00:00'))).toBe(0);
  });

  test('public holidays and closures do not count, school holidays do', () => {
    expect(workingMs(calendar, at('2026-11-10 16:00'), at('2026-11-12 09:00'))).toBe(HOUR);
    expect(workingMs(calendar, at('2026-12-24 15:30'), at('2027-01-04 09:30'))).toBe(2 * HOUR);
    expect(workingMs(calendar, at('2026-11-02 00:00'), at('2026-11-03 00:00'))).toBe(7 * HOUR);
  });

  test('time does not run backwards', () => {
    expect(workingMs(calendar, at('2026-11-24 14:00'), at('2026-11-24 11:00'))).toBe(0);
  });

  test('on the days the clock changes, real hours count', () => {
    const day = (name: string) => workingMs(roundTheClock, instantAt(name, '00:00'), instantAt(name, '24:00')) / HOUR;
    expect(['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25'].map(day)).toEqual([24, 23, 24, 25]);
    expect(workingMs(calendar, at('2026-03-27 16:00'), at('2026-03-30 09:00'))).toBe(HOUR);
    expect(workingMs(calendar, at('2026-10-23 16:00'), at('2026-10-26 09:00'))).toBe(HOUR);
  });

  test('openings written out of order or overlapping count once', () => {
    const untidy: WorkingCalendar = {
      week: {
        tue: [
          ['13:00', '16:00'],
          ['09:00', '14:00'],
          ['10:00', '11:00'],
          ['18:00', '17:00'],
        ],
      },
      closed: [],
      schoolHolidays: [],
    };
    expect(workingMs(untidy, at('2026-11-24 00:00'), at('2026-11-25 00:00'))).toBe(7 * HOUR);
  });

  test('a deadline lands in opening hours, at the earliest possible moment', () => {
    const due = (from: string, hours: number) => clock(addWorkingHours(calendar, at(from), hours));
    expect(due('2026-11-24 08:30', 3.5)).toBe('2026-11-24 12:00');
    expect(due('2026-11-24 11:30', 1)).toBe('2026-11-24 13:30');
    expect(due('2026-11-20 16:00', 4)).toBe('2026-11-23 12:00');
    expect(due('2026-11-21 10:00', 1)).toBe('2026-11-23 09:30');
    expect(due('2026-11-10 16:30', 1)).toBe('2026-11-12 09:30');
    expect(due('2026-12-24 16:00', 1)).toBe('2027-01-04 09:00');
    expect(due('2026-11-21 10:00', 0)).toBe('2026-11-21 10:00');
  });

  test('a working day later is the same time on the next day with openings', () => {
    const due = (from: string, days: number) => clock(addWorkingDays(calendar, at(from), days));
    expect(due('2026-11-20 10:00', 1)).toBe('2026-11-23 10:00');
    expect(due('2026-11-21 10:00', 1)).toBe('2026-11-23 10:00');
    expect(due('2026-11-10 23:30', 1)).toBe('2026-11-12 23:30');
    expect(due('2026-12-24 09:00', 3)).toBe('2027-01-06 09:00');
    expect(due('2026-03-27 09:00', 1)).toBe('2026-03-30 09:00');
    expect(due('2026-10-23 00:00', 1)).toBe('2026-10-26 00:00');
    expect(due('2026-11-21 10:00', 0)).toBe('2026-11-21 10:00');
  });

  test('a calendar that never opens is an error that names the setting, not an endless loop', () => {
    expect(() => addWorkingHours(neverOpen, at('2026-11-24 10:00'), 1)).toThrow(
      /no opening in the 2 years after 2026-11-24.*"week"/,
    );
    expect(() => addWorkingDays(neverOpen, at('2026-11-24 10:00'), 1)).toThrow(
      /no opening in the 2 years after 2026-11-24.*"week"/,
    );
    expect(workingMs(neverOpen, at('2026-11-24 10:00'), at('2029-11-24 10:00'))).toBe(0);
  });

  test('impossible amounts are refused', () => {
    for (const amount of [-1, Number.NaN]) {
      expect(() => addWorkingHours(calendar, 0, amount)).toThrow(RangeError);
      expect(() => addWorkingDays(calendar, 0, amount)).toThrow(RangeError);
    }
    expect(() => addWorkingDays(calendar, 0, 1.5)).toThrow(RangeError);
    expect(() => addWorkingHours(calendar, 0, Number.POSITIVE_INFINITY)).toThrow(RangeError);
    expect(() => workingMs(calendar, 0, Date.UTC(2300, 0, 1))).toThrow(/only known from 1970 to 2199/);
    expect(() => addWorkingHours(calendar, Date.UTC(2195, 0, 1), 1e9)).toThrow(/only known from 1970 to 2199/);
  });
});

describe('when somebody is there', () => {
  const at = (day: string, time: string) => opennessAt(calendar, instantAt(day, time));

  test('says until when, and over noon, the night, the weekend and a closing when it opens again', () => {
    expect(at('2026-11-25', '08:30')).toEqual({ open: true, until: instantAt('2026-11-25', '12:00') });
    expect(at('2026-11-25', '12:00')).toEqual({ open: false, from: instantAt('2026-11-25', '13:00') });
    expect(at('2026-11-25', '07:00')).toEqual({ open: false, from: instantAt('2026-11-25', '08:30') });
    expect(at('2026-11-27', '18:00')).toEqual({ open: false, from: instantAt('2026-11-30', '08:30') });
    expect(at('2026-12-24', '16:30')).toEqual({ open: false, from: instantAt('2027-01-04', '08:30') });
    expect(() => opennessAt(neverOpen, instantAt('2026-11-25', '08:30'))).toThrow(/no opening in the 2 years/);
  });

  test('puts the days with the same hours together', () => {
    expect(weekOf(calendar)).toEqual([{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], hours: office }]);
    const short: [string, string][] = [['08:30', '12:00']];
    expect(weekOf({ ...calendar, week: { mon: office, wed: short, thu: office } })).toEqual([
      { days: ['mon', 'thu'], hours: office },
      { days: ['wed'], hours: short },
    ]);
  });

  test('finds the next days that would have been open and are not, over a weekend and not beyond what was asked', () => {
    expect(nextClosing(calendar, '2026-11-01', '2026-11-30')).toEqual({ from: '2026-11-11', to: '2026-11-11' });
    expect(nextClosing(calendar, '2026-11-12', '2027-01-31')).toEqual({ from: '2026-12-25', to: '2027-01-01' });
    expect(nextClosing(calendar, '2026-12-28', '2027-01-31')).toEqual({ from: '2026-12-28', to: '2027-01-01' });
    expect(nextClosing(calendar, '2026-11-12', '2026-12-24')).toBeUndefined();
    const saturday = { name: 'zaterdag', from: '2026-12-05', to: '2026-12-05' };
    expect(nextClosing({ ...calendar, closed: [saturday] }, '2026-12-01', '2026-12-31')).toBeUndefined();
  });
});

describe('for any moment of 2020 to 2030', () => {
  const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
  const calendars = fc.constantFrom(calendar, roundTheClock);

  test('a deadline of some hours is that many working hours away', () => {
    const hours = fc.integer({ min: 0, max: 400 * HOUR }).map((ms) => ms / HOUR);
    fc.assert(
      fc.property(calendars, moment, hours, (open, from, h) => {
        const deadline = addWorkingHours(open, from, h);
        expect(workingMs(open, from, deadline)).toBe(Math.round(h * HOUR));
        if (h > 0) expect(workingMs(open, from, deadline - 1)).toBe(Math.round(h * HOUR) - 1);
      }),
    );
  });

  test('working time is the sum over any split', () => {
    fc.assert(
      fc.property(calendars, fc.tuple(moment, moment, moment), (open, moments) => {
        const [a, b, c] = moments.sort((x, y) => x - y) as [number, number, number];
        expect(workingMs(open, a, b) + workingMs(open, b, c)).toBe(workingMs(open, a, c));
      }),
    );
  });

  test('round the clock, working time is plain time', () => {
    fc.assert(
      fc.property(moment, moment, (a, b) => {
        expect(workingMs(roundTheClock, Math.min(a, b), Math.max(a, b))).toBe(Math.abs(a - b));
      }),
    );
  });

  test('working days later is a day with openings, at the same time of day', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 30 }), (from, days) => {
        const later = addWorkingDays(calendar, from, days);
        const day = brusselsDay(later);
        expect(workingMs(calendar, instantAt(day, '00:00'), instantAt(day, '24:00'))).toBe(7 * HOUR);
        expect(clock(later).slice(11)).toBe(clock(from).slice(11));
      }),
    );
  });

  test('a hundred thousand tickets are measured within a second', () => {
    const from = at('2021-09-01 09:00');
    const took = processorMs(() => {
      for (let n = 0; n < 100_000; n++) {
        const asked = from + n * 1_500_000;
        workingMs(calendar, asked, asked + 90 * 24 * HOUR);
        addWorkingHours(calendar, asked, 8);
        schoolYearOf(asked);
      }
    });
    expect(took).toBeLessThan(1000);
  });
});
