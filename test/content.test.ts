// What the content loader makes of good and of wrong files, and the content that ships with the house.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadContent, watchContent } from '../src/adapters/files/content.ts';

const SHIPPED = 'content';

describe('the content that ships', () => {
  test('loads without a single problem', async () => {
    const { content, problems, skipped } = await loadContent(SHIPPED);

    expect(problems).toEqual([]);
    expect(skipped.placeholders).toHaveLength(59);
    expect(content.items.filter((item) => item.kind === 'faq')).toHaveLength(173);
    expect(content.items.filter((item) => item.kind === 'material')).toHaveLength(57);
    expect(content.themes).toHaveLength(29);
    expect(content.services.map((service) => service.id)).toEqual(['poc-plus', 'pbd-go']);
    expect(content.centres.filter((centre) => centre.kind === 'clb')).toHaveLength(19);
    expect(content.centres.filter((centre) => centre.kind === 'school')).toHaveLength(6);
    expect(content.contacts).toHaveLength(36);
    expect(content.survey.items).toHaveLength(4);
    expect(content.emergency[0]?.contact).toContain('112');
  });

  test('every function leads to one service', async () => {
    const { content } = await loadContent(SHIPPED);
    for (const { audience } of content.functions) {
      expect(content.services.filter((service) => service.audience.includes(audience))).toHaveLength(1);
    }
  });

  test('every FAQ item has 24 wordings of its own, every material 18', async () => {
    const { content } = await loadContent(SHIPPED);
    const all = content.items.flatMap((item) => item.wordings.map((wording) => wording.toLowerCase()));
    expect(
      content.items.filter((item) => item.wordings.length !== (item.kind === 'faq' ? 24 : 18)).map((item) => item.id),
    ).toEqual([]);
    expect(all.filter((wording, n) => all.indexOf(wording) !== n)).toEqual([]);
  });

  test('public holidays and the closures of the CLB are closed, school holidays are not until the customer says so', async () => {
    const { content } = await loadContent(SHIPPED);
    const names = content.calendar.closed.map((period) => period.name);
    expect(names).toContain('Kerstmis');
    expect(names).toContain('Zomersluiting');
    expect(names).not.toContain('Herfstvakantie');
    expect(content.calendar.schoolHolidays.map((period) => period.name)).toContain('Herfstvakantie');
    expect(content.calendar.week.mon?.[0]).toEqual(['08:30', '12:00']);
  });
});

/** The smallest content that is complete: one of everything, two contacts. */
const SMALL: Record<string, string> = {
  'themes.yaml': `services:
  - id: poc
    name: POC
    audience: [clb]
    reception: onthaal
    coordinator: jurist
    escalation: {remind_after: 4, substitute_after: 8, coordinator_after: 12}
  - id: pbd
    name: PBD
    audience: [school]
    reception: onthaal
    coordinator: onthaal
    escalation: {remind_after: 4, substitute_after: 6, coordinator_after: 9}
themes:
  - id: dossier
    name: Dossier
    service: poc
    core_process: dossiervorming
    description: Over dossiers.
  - id: gezag
    name: Gezag
    service: poc
    core_process: deontologie
    description: Over gezag.
`,
  'contacts.yaml': `- {id: onthaal, role: Onthaal, service: poc, themes: [], email: onthaal@example.org}
- {id: jurist, role: Jurist, service: poc, themes: [gezag], email: jurist@example.org, backup: onthaal, centres: [gent]}
`,
  'centres.yaml': `- {id: gent, name: CLB Gent, region: Gent, province: Oost-Vlaanderen}
`,
  'functions.yaml': `- {id: arts, name: Arts, audience: clb}
`,
  'lexicon.yaml': `{version: 1, written_on: "2026-11-22", status: draft, abbreviations: [], synonyms: [], apart: [], spoken: []}
`,
  'emergency.yaml': `- {name: Nood, contact: bel 112, when: Levensgevaar.}
- {name: Awel, contact: bel 102, when: Praten.}
`,
  'strategies.yaml': `- {id: helpdesk, name: Helpdesk}
`,
  'follow-ups.yaml': `- {id: faq, name: FAQ}
`,
  'survey.yaml': `scale: 8
positive_from: 6
interval_days: 14
low_label: niet
high_label: wel
items:
  - {id: snel, text: Het ging snel.}
`,
  'calendar.yaml': `timezone: Europe/Brussels
school_years:
  - id: "2026-2027"
    first_school_day: "2026-09-01"
    last_school_day: "2027-06-30"
    holidays:
      - {name: Herfstvakantie, from: "2026-11-02", to: "2026-11-08"}
public_holidays:
  - {name: Kerstmis, from: "2026-12-25", to: "2026-12-25"}
clb:
  closures: []
working_hours:
  week: {mon: [["08:30", "12:00"]]}
  staffed_in_school_holidays: null
`,
  'faq/dossier.yaml': `- id: d-inzage
  question: Wie mag een dossier inkijken?
  variants: [inzage dossier]
  answer: De leerling vanaf 12 jaar.
  theme: dossier
  audience: [clb]
  sources:
    - title: Werkmap
      url: https://example.org/werkmap
  written_on: 2026-11-22
  status: draft
  owner: jurist
- id: d-kopie
  question: Mag je een kopie geven?
  answer: Een rapport volstaat vaak.
  theme: dossier
  audience: [clb]
  sources: []
  written_on: 2026-11-22
  status: draft
  owner: jurist
`,
  'faq/gezag.yaml': `- id: g-plusouder
  question: Krijgt een plusouder informatie?
  answer: Niet zonder akkoord.
  theme: gezag
  audience: [clb]
  sources: []
  written_on: 2026-11-22
  reviewed_on: 2026-11-23
  status: reviewed
  owner: jurist
`,
  'materials.yaml': `- id: m-map
  title: Werkmap dossier
  kind: leermodule
  summary: Over rechten.
  themes: [dossier, gezag]
  audience: [clb]
  url: https://example.org/map
  written_on: 2026-11-22
  status: draft
  owner: jurist
- id: m-later
  title: Komt nog
  kind: tool
  summary: Is er nog niet.
  themes: [dossier]
  audience: [clb]
  url: https://example.org/later
  written_on: 2026-11-22
  status: placeholder
  owner: jurist
`,
  'wordings/alle.yaml': `d-inzage:
  - mama wil dossier lezen
`,
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'content-'));
  for (const [name, text] of Object.entries(SMALL)) write(name, text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function change(name: string, from: string, to: string): void {
  const before = readFileSync(join(folder, name), 'utf8');
  expect(before).toContain(from);
  write(
    name,
    before.replace(from, () => to),
  );
}

/** Problems without the name of the temporary folder. */
async function load() {
  const loaded = await loadContent(folder);
  return {
    ...loaded,
    ids: loaded.content.items.map((item) => item.id),
    problems: loaded.problems.map((problem) => problem.replaceAll(`${folder}/`, '')),
  };
}

describe('a folder of one’s own', () => {
  test('becomes content', async () => {
    const { content, problems, ids, skipped } = await load();
    expect(problems).toEqual([]);
    expect(ids).toEqual(['d-inzage', 'd-kopie', 'g-plusouder', 'm-map']);
    expect(skipped.placeholders).toHaveLength(1);
    expect(content.items[0]).toMatchObject({
      title: 'Wie mag een dossier inkijken?',
      wordings: ['mama wil dossier lezen'],
    });
    expect(content.items[2]).toMatchObject({ status: 'reviewed', reviewedOn: '2026-11-23' });
    expect(content.items[3]).toMatchObject({
      kind: 'material',
      answer: 'Over rechten.',
      materialKind: 'leermodule',
      themes: ['dossier', 'gezag'],
      sources: [{ title: 'Werkmap dossier', url: 'https://example.org/map' }],
    });
    expect(content.contacts[1]).toMatchObject({ substitute: 'onthaal', centres: ['gent'], absences: [] });
    expect(content.centres[0]).toMatchObject({ kind: 'clb' });
    expect(content.services[0]?.escalation).toEqual({ remindAfter: 4, substituteAfter: 8, coordinatorAfter: 12 });
  });

  test('knows absences', async () => {
    change('contacts.yaml', 'backup: onthaal', 'backup: onthaal, absent: [{from: "2026-12-21", to: "2027-01-03"}]');
    const { content, problems } = await load();
    expect(problems).toEqual([]);
    expect(content.contacts[1]?.absences).toEqual([{ from: '2026-12-21', to: '2027-01-03' }]);
  });

  test('is closed in school holidays when it says that nobody is there', async () => {
    change('calendar.yaml', 'staffed_in_school_holidays: null', 'staffed_in_school_holidays: false');
    const { content } = await load();
    expect(content.calendar.closed.map((period) => period.name)).toEqual(['Kerstmis', 'Herfstvakantie']);
  });

  test('may let two contacts replace each other', async () => {
    change('contacts.yaml', 'themes: [], ', 'themes: [], backup: jurist, ');
    expect((await load()).problems).toEqual([]);
  });
});

describe('each mistake is reported with file and line', () => {
  const faq = 'faq/dossier.yaml';
  const cases: { mistake: string; file: string; from: string; to: string; says: string; reports?: number }[] = [
    {
      mistake: 'an unknown theme',
      file: faq,
      from: 'theme: dossier',
      to: 'theme: dosier',
      says: 'faq/dossier.yaml:5 item "d-inzage": unknown theme "dosier" (known themes are in themes.yaml)',
    },
    {
      mistake: 'an unknown theme of a material',
      file: 'materials.yaml',
      from: '[dossier, gezag]',
      to: '\n    - dossier\n    - gezach',
      says: 'materials.yaml:7 item "m-map": unknown theme "gezach" (known themes are in themes.yaml)',
    },
    {
      mistake: 'an unknown owner',
      file: faq,
      from: 'owner: jurist',
      to: 'owner: niemand',
      says: 'faq/dossier.yaml:12 item "d-inzage": unknown contact "niemand" (known contacts are in contacts.yaml)',
    },
    {
      mistake: 'no audience',
      file: faq,
      from: 'audience: [clb]',
      to: 'audience: []',
      says: 'faq/dossier.yaml:6 item "d-inzage": "audience" must not be empty',
    },
    {
      mistake: 'an audience that is not one',
      file: faq,
      from: 'audience: [clb]',
      to: 'audience: [clbb]',
      says: 'faq/dossier.yaml:6 item "d-inzage": "audience.0" must be one of clb, school, internaat, cvo',
    },
    {
      mistake: 'a missing key',
      file: faq,
      from: '  answer: De leerling vanaf 12 jaar.\n',
      to: '',
      says: 'faq/dossier.yaml:1 item "d-inzage": "answer" is missing',
    },
    {
      mistake: 'a key that does not exist',
      file: faq,
      from: '  theme: dossier',
      to: '  thema: dossier\n  theme: dossier',
      says: 'faq/dossier.yaml:5 item "d-inzage": "thema" is not a known key (known keys: id, audience,',
    },
    {
      mistake: 'a source that is no web address',
      file: faq,
      from: 'https://example.org/werkmap',
      to: 'javascript:alert(1)',
      says: 'faq/dossier.yaml:9 item "d-inzage": "sources.0.url" must be a web address',
    },
    {
      mistake: 'a number where a text belongs',
      file: faq,
      from: 'question: Wie mag een dossier inkijken?',
      to: 'question: 12',
      says: 'faq/dossier.yaml:2 item "d-inzage": "question" must be a text',
    },
    {
      mistake: 'a day that does not exist',
      file: faq,
      from: 'written_on: 2026-11-22',
      to: 'written_on: 2026-02-30',
      says: 'faq/dossier.yaml:10 item "d-inzage": "written_on" must be a day that exists',
    },
    {
      mistake: 'a review without its day',
      file: faq,
      from: 'status: draft',
      to: 'status: reviewed',
      says: 'faq/dossier.yaml:11 item "d-inzage": "status" is reviewed, so "reviewed_on" must give the day',
    },
    {
      mistake: 'an id in capitals',
      file: faq,
      from: 'id: d-kopie',
      to: 'id: D Kopie',
      says: 'faq/dossier.yaml:13 item "D Kopie": "id" must be lower case letters, digits and hyphens',
    },
    {
      mistake: 'an entry that is no map',
      file: faq,
      from: '- id: d-kopie',
      to: '- zomaar\n- id: d-kopie',
      says: 'faq/dossier.yaml:13 item 2: must be a map of keys and values',
    },
    {
      mistake: 'an unknown substitute',
      file: 'contacts.yaml',
      from: 'backup: onthaal',
      to: 'backup: niemand',
      says: 'contacts.yaml:2 contact "jurist": unknown contact "niemand"',
    },
    {
      mistake: 'a contact that replaces itself',
      file: 'contacts.yaml',
      from: 'backup: onthaal',
      to: 'backup: jurist',
      says: 'contacts.yaml:2 contact "jurist": "backup" must be another contact than itself',
    },
    {
      mistake: 'a contact of an unknown theme',
      file: 'contacts.yaml',
      from: 'themes: [gezag]',
      to: 'themes: [gezach]',
      says: 'contacts.yaml:2 contact "jurist": unknown theme "gezach"',
    },
    {
      mistake: 'a contact of an unknown centre',
      file: 'contacts.yaml',
      from: 'centres: [gent]',
      to: 'centres: [genk]',
      says: 'contacts.yaml:2 contact "jurist": unknown centre "genk" (known centres are in centres.yaml)',
    },
    {
      mistake: 'a contact of an unknown service',
      file: 'contacts.yaml',
      from: 'role: Onthaal, service: poc',
      to: 'role: Onthaal, service: pco',
      says: 'contacts.yaml:1 contact "onthaal": unknown service "pco" (known services are in themes.yaml)',
    },
    {
      mistake: 'an absence that ends before it starts',
      file: 'contacts.yaml',
      from: 'backup: onthaal',
      to: 'absent: [{from: "2026-12-21", to: "2026-12-01"}]',
      says: 'contacts.yaml:2 contact "jurist": "absent.0.to" must not be before "from"',
    },
    {
      mistake: 'a bad e-mail address',
      file: 'contacts.yaml',
      from: 'jurist@example.org',
      to: 'jurist',
      says: 'contacts.yaml:2 contact "jurist": "email" must be an e-mail address',
    },
    {
      mistake: 'a reception that does not exist',
      file: 'themes.yaml',
      from: 'reception: onthaal',
      to: 'reception: balie',
      says: 'themes.yaml:5 service "poc": unknown contact "balie"',
    },
    {
      mistake: 'a coordinator that does not exist',
      file: 'themes.yaml',
      from: 'coordinator: jurist',
      to: 'coordinator: baas',
      says: 'themes.yaml:6 service "poc": unknown contact "baas"',
    },
    {
      mistake: 'escalation in the wrong order',
      file: 'themes.yaml',
      from: 'substitute_after: 6',
      to: 'substitute_after: 2',
      says: 'themes.yaml:13 service "pbd": "escalation" must run in order',
    },
    {
      mistake: 'a theme of an unknown service',
      file: 'themes.yaml',
      from: '    name: Gezag\n    service: poc',
      to: '    name: Gezag\n    service: bdp',
      says: 'themes.yaml:22 theme "gezag": unknown service "bdp"',
      reports: 2,
    },
    {
      mistake: 'a theme related to an unknown one',
      file: 'themes.yaml',
      from: 'description: Over gezag.',
      to: 'description: Over gezag.\n    related: [scheiding]',
      says: 'themes.yaml:25 theme "gezag": unknown theme "scheiding"',
    },
    {
      mistake: 'a list too many in themes.yaml',
      file: 'themes.yaml',
      from: 'themes:',
      to: 'themen: []\nthemes:',
      says: 'themes.yaml:14 "themen" is not a known key (known keys: services, themes)',
    },
    {
      mistake: 'wordings of an unknown item',
      file: 'wordings/alle.yaml',
      from: 'd-inzage:',
      to: 'd-inzaag:',
      says: 'wordings/alle.yaml:1 wordings of unknown item "d-inzaag"',
    },
    {
      mistake: 'wordings that are no list',
      file: 'wordings/alle.yaml',
      from: '\n  - mama',
      to: ' mama',
      says: 'wordings/alle.yaml:1 wordings of item "d-inzage": must be a list',
    },
    {
      mistake: 'a holiday that ends before it starts',
      file: 'calendar.yaml',
      from: 'to: "2026-11-08"',
      to: 'to: "2026-11-01"',
      says: 'calendar.yaml:7 "school_years.0.holidays.0.to" must not be before "from"',
    },
    {
      mistake: 'opening times that overlap',
      file: 'calendar.yaml',
      from: '[["08:30", "12:00"]]',
      to: '[["08:30", "12:00"], ["11:00", "16:00"]]',
      says: 'calendar.yaml:13 "working_hours.week.mon" must run from early to late without overlap',
    },
    {
      mistake: 'a week without opening times',
      file: 'calendar.yaml',
      from: '{mon: [["08:30", "12:00"]]}',
      to: '{mon: []}',
      says: 'calendar.yaml:13 "working_hours.week" must be open on some day',
    },
    {
      mistake: 'a positive point above the scale',
      file: 'survey.yaml',
      from: 'positive_from: 6',
      to: 'positive_from: 9',
      says: 'survey.yaml:2 "positive_from" must not be above "scale"',
    },
    {
      mistake: 'a function of no audience',
      file: 'functions.yaml',
      from: 'audience: clb',
      to: 'audience: kliniek',
      says: 'functions.yaml:1 function "arts": "audience" must be one of clb, school, internaat, cvo',
    },
    {
      mistake: 'an emergency route without a number',
      file: 'emergency.yaml',
      from: 'contact: bel 112, ',
      to: '',
      says: 'emergency.yaml:1 route 1: "contact" is missing',
    },
    {
      mistake: 'broken YAML',
      file: faq,
      from: 'variants: [inzage dossier]',
      to: 'variants: [inzage dossier',
      says: 'faq/dossier.yaml:4:3 is not valid YAML: ',
      reports: 3,
    },
    {
      mistake: 'a key written twice',
      file: faq,
      from: 'answer: De leerling vanaf 12 jaar.',
      to: 'answer: De leerling.\n  answer: De ouder.',
      says: 'faq/dossier.yaml:5:3 is not valid YAML: Map keys must be unique',
    },
  ];
  test.each(cases)('$mistake', async ({ file, from, to, says, reports = 1 }) => {
    change(file, from, to);
    const { problems } = await load();
    expect(problems).toHaveLength(reports);
    expect(problems[0]?.startsWith(says), `${problems[0]}`).toBe(true);
  });

  test('an id used twice, in two files: the first is kept and both places are named', async () => {
    change('faq/gezag.yaml', 'id: g-plusouder', 'id: d-inzage');
    const { problems, content } = await load();
    expect(problems).toEqual([
      'faq/gezag.yaml:1 item "d-inzage" exists already at faq/dossier.yaml:1; the first one is kept',
    ]);
    expect(content.items.find((item) => item.id === 'd-inzage')?.title).toBe('Wie mag een dossier inkijken?');
  });

  test('a file that is missing, empty, too large, not text, or a folder', async () => {
    rmSync(join(folder, 'centres.yaml'));
    write('functions.yaml', '');
    write('materials.yaml', `#${'x'.repeat(2 * 1024 * 1024)}`);
    write('emergency.yaml', new Uint8Array([0x2d, 0x20, 0xff, 0xfe]));
    mkdirSync(join(folder, 'faq', 'map.yaml'));
    const { problems, ids } = await load();
    expect(problems).toHaveLength(5);
    expect(problems[0]).toContain('centres.yaml cannot be read');
    expect(problems[1]).toBe('functions.yaml:1 must be a list of functions, each starting with "- "');
    expect(problems[2]).toContain('emergency.yaml cannot be read');
    expect(problems[3]).toContain('faq/map.yaml cannot be read');
    expect(problems[4]).toContain('materials.yaml is 2097153 bytes; at most 2097152 are read');
    expect(ids).toEqual(['d-inzage', 'd-kopie', 'g-plusouder']);
  });

  test('an alias bomb', async () => {
    const levels = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]`);
    write('survey.yaml', `a0: &a0 [x]\n${levels.join('\n')}\n`);
    const { problems } = await load();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('survey.yaml is not valid YAML: Excessive alias count');
  });
});

describe('what is wrong takes nothing else with it', () => {
  test('a broken FAQ file leaves the other items, and its wordings raise no alarm', async () => {
    write('faq/dossier.yaml', '- id: d-inzage\n  question: "open');
    const { ids, problems } = await load();
    expect(ids).toEqual(['g-plusouder', 'm-map']);
    expect(problems.every((problem) => problem.startsWith('faq/dossier.yaml:'))).toBe(true);
  });

  test('a bad entry leaves its neighbours', async () => {
    change('faq/dossier.yaml', 'audience: [clb]', 'audience: []');
    expect((await load()).ids).toEqual(['d-kopie', 'g-plusouder', 'm-map']);
  });

  test.each(['contacts.yaml', 'centres.yaml', 'functions.yaml', 'emergency.yaml', 'survey.yaml', 'calendar.yaml'])(
    'a broken %s leaves all items, with one report',
    async (name) => {
      write(name, 'a: [');
      const { ids, problems } = await load();
      expect(ids).toHaveLength(4);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`${name}:`);
    },
  );

  test('without a calendar there are office hours, without a survey nothing is asked', async () => {
    write('calendar.yaml', 'a: [');
    write('survey.yaml', 'a: [');
    const { content } = await load();
    expect(Object.keys(content.calendar.week)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
    expect(content.survey.items).toEqual([]);
  });

  test('a bad emergency route leaves the others', async () => {
    change('emergency.yaml', 'contact: bel 112, ', '');
    expect((await load()).content.emergency.map((route) => route.name)).toEqual(['Awel']);
  });

  test('an item of an unknown owner goes to the reception of its service', async () => {
    change('faq/gezag.yaml', 'owner: jurist', 'owner: niemand');
    const { content } = await load();
    expect(content.items.find((item) => item.id === 'g-plusouder')?.owner).toBe('onthaal');
  });

  test('an item keeps the themes that exist and goes when none does', async () => {
    change('themes.yaml', '  - id: gezag\n', '  - id: gezag\n    kleur: rood\n');
    const { content, ids, problems } = await load();
    expect(ids).toEqual(['d-inzage', 'd-kopie', 'm-map']);
    expect(content.items.find((item) => item.id === 'm-map')?.themes).toEqual(['dossier']);
    expect(problems).toHaveLength(2);
    expect(problems[1]).toBe('themes.yaml: 1 item is left out because its theme is: g-plusouder');
  });
});

describe('nothing to start with', () => {
  test('a folder that is not there names the setting', async () => {
    await expect(loadContent(join(folder, 'weg'))).rejects.toThrow(/CONTENT_DIR/);
  });

  test('no themes at all names the setting and the place of the mistake', async () => {
    write('themes.yaml', 'services: [\n');
    await expect(loadContent(folder)).rejects.toThrow(/CONTENT_DIR[\s\S]*themes\.yaml:2:1 is not valid YAML/);
    rmSync(join(folder, 'themes.yaml'));
    await expect(loadContent(folder)).rejects.toThrow(/CONTENT_DIR[\s\S]*themes\.yaml cannot be read/);
  });
});

describe('watching', () => {
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  test('many saves are one change; swap files and a stopped watch are none', async () => {
    let changes = 0;
    const stop = watchContent(folder, () => {
      changes += 1;
    });
    await pause(100);
    for (let n = 0; n < 5; n += 1) write('faq/gezag.yaml', `# ${n}\n`);
    await expect.poll(() => changes).toBe(1);
    write('faq/.gezag.yaml.swp', 'x');
    await pause(600);
    expect(changes).toBe(1);
    write('survey.yaml', 'x');
    await pause(50);
    stop();
    await pause(600);
    expect(changes).toBe(1);
  });
});
