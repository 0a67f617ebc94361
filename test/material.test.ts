// Stories of somebody who takes over a folder of documents: what comes out, what is refused and why, and that bad files cost only themselves.

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import * as XLSX from '@e965/xlsx';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { type Limits, readDocuments } from '../src/adapters/files/documents.ts';
import { asYaml } from '../src/adapters/files/yaml.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import { type Around, type Planned, planMaterial } from '../src/app/knowledge/material.ts';
import type { KnowledgeBase } from '../src/app/ports.ts';
import type { ThemeId } from '../src/domain/terms.ts';

let home: string;
let knowledge: KnowledgeBase;
let known: Set<string>;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'helpdesk-material-'));
  const { content, problems, skipped } = await loadContent('content');
  knowledge = await createKnowledgeBase(
    async () => ({ content, problems }),
    () => {},
  );
  known = new Set([...content.items.map(({ id }) => id), ...skipped.placeholders]);
});
afterAll(() => rm(home, { recursive: true }));

type Files = Record<string, string | Uint8Array>;
/** New workers and processes start slowly on a machine that is busy. */
const SLOW = { timeout: 90_000 };

let folders = 0;
async function folderOf(files: Files): Promise<string> {
  const folder = join(home, `folder-${++folders}`);
  await mkdir(folder);
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return folder;
}

type Taken = { planned: Planned[]; refused: Record<string, string>; hidden: number };
async function take(path: string, wish: Partial<Around> = {}, limits?: Limits): Promise<Taken> {
  const taken: Taken = { planned: [], refused: {}, hidden: 0 };
  const around: Around = { knowledge, known, today: '2026-11-25', seen: new Map(), ...wish };
  for await (const document of readDocuments(path, () => taken.hidden++, limits)) {
    const found = 'refused' in document ? document : planMaterial(document.file, document.extract, around);
    if ('refused' in found) taken.refused[document.file] = found.refused;
    else taken.planned.push(found);
  }
  return taken;
}
const takeFiles = async (files: Files, wish?: Partial<Around>, limits?: Limits) =>
  take(await folderOf(files), wish, limits);

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** Lines that start with "# " are headings. */
function docx(lines: string[], title = ''): Uint8Array {
  const paragraphs = lines.map((line) => {
    const style = line.startsWith('# ') ? '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' : '';
    return `<w:p>${style}<w:r><w:t xml:space="preserve">${escaped(line.replace(/^# /, ''))}</w:t></w:r></w:p>`;
  });
  const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const parts = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document ${w}><w:body>${paragraphs.join('')}</w:body></w:document>`,
    'word/styles.xml': `<w:styles ${w}><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>`,
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:title>${title}</dc:title></cp:coreProperties>`,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

/** Each page is lines of text; "# " makes a line larger. `trailer` adds to the trailer, to lock it for example. */
function pdf(pages: string[][], trailer = ''): Uint8Array {
  const objects: string[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  const kids: number[] = [];
  for (const lines of pages) {
    const drawn = lines.map((line, at) => {
      const text = line.replace(/^# /, '').replace(/[()\\]/g, '\\$&');
      return `BT /F1 ${line.startsWith('# ') ? 20 : 11} Tf 50 ${780 - at * 22} Td (${text}) Tj ET`;
    });
    const stream = drawn.join('\n');
    objects.push(`<< /Length ${Buffer.from(stream, 'latin1').length} >>\nstream\n${stream}\nendstream`);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${objects.length} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    );
    kids.push(objects.length);
  }
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((id) => `${id} 0 R`).join(' ')}] >>`;
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = Buffer.from(out, 'latin1').length;
    out += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = Buffer.from(out, 'latin1').length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
}

function pptx(slides: { title: string; text: string; notes?: string }[]): Uint8Array {
  const ns = 'xmlns:a="a" xmlns:p="p" xmlns:r="r"';
  const shape = (role: string, text: string) =>
    `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${role}"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${escaped(text)}</a:t></a:r></a:p></p:txBody></p:sp>`;
  const rel = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`;
  const rels = (inner: string) => `<Relationships>${inner}</Relationships>`;
  const parts: Record<string, string> = {
    'ppt/presentation.xml': `<p:presentation ${ns}><p:sldIdLst>${slides.map((_, at) => `<p:sldId r:id="s${at}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    // The parts are numbered backwards: only the relations say what comes first.
    'ppt/_rels/presentation.xml.rels': rels(
      slides.map((_, at) => rel(`s${at}`, 'slide', `slides/slide${slides.length - at}.xml`)).join(''),
    ),
  };
  for (const [at, { title, text, notes }] of slides.entries()) {
    const n = slides.length - at;
    parts[`ppt/slides/slide${n}.xml`] =
      `<p:sld ${ns}>${shape('title', title)}${shape('body', text)}${shape('sldNum', '7')}</p:sld>`;
    if (notes === undefined) continue;
    parts[`ppt/slides/_rels/slide${n}.xml.rels`] = rels(rel('n', 'notesSlide', `../notesSlides/notesSlide${n}.xml`));
    parts[`ppt/notesSlides/notesSlide${n}.xml`] = `<p:notes ${ns}>${shape('body', notes)}</p:notes>`;
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

function xlsx(rows: (string | number)[][]): Uint8Array {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), 'FAQ');
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' });
}

const LEAVE = [
  '# Draaiboek leerlingen die lang ziek zijn',
  'Dit draaiboek helpt het schoolteam en het CLB om onderwijs aan huis te regelen voor een leerling die langer dan drie weken ziek is. Het beschrijft wie wat doet.',
  '# Tijdelijk onderwijs aan huis aanvragen',
  'De ouders vragen het aan bij de directeur, met een attest van de arts.',
];

describe('a folder of documents', () => {
  it('gives a draft per document with its own words, theme, parts and pages', async () => {
    const { planned, refused, hidden } = await takeFiles(
      {
        'ziekte/draaiboek.docx': docx(LEAVE, 'Document1'),
        'gids.pdf': pdf([
          [
            '# Gids beroepsgeheim voor nieuwe medewerkers',
            'Deze gids legt uit wat beroepsgeheim in het CLB betekent en met wie je',
            'informatie mag delen over een leerling, en wanneer je beter zwijgt.',
          ],
          ['Een bladzijde zonder kop over de ouders en de leerling in het dossier.'],
          ['# Spreken of zwijgen', 'Je antwoordt pas na overleg met je directeur.'],
        ]),
        'mentoren.pptx': pptx([
          {
            title: 'Startende leraren begeleiden',
            text: 'De mentor ondersteunt startende leraren',
            notes: 'Vraag naar hun eerste jaar.',
          },
          { title: 'Feedback geven', text: 'Concreet en op tijd' },
        ]),
        '~$raaiboek.docx': 'lock',
        '.DS_Store': 'x',
      },
      { baseUrl: 'https://intranet.example/Helpdesk bank/' },
    );
    expect(refused).toEqual({});
    expect(hidden).toBe(2);
    const [gids, mentoren, draaiboek] = planned.flatMap(({ materials }) => materials);
    expect(gids).toMatchObject({
      title: 'Gids beroepsgeheim voor nieuwe medewerkers',
      summary: expect.stringContaining(
        'Deze gids legt uit wat beroepsgeheim in het CLB betekent en met wie je informatie mag delen',
      ),
      sections: [{ title: 'Spreken of zwijgen', page: 3 }],
      themes: ['beroepsgeheim'],
      audience: ['clb'],
      owner: 'poc-beroepsgeheim',
      status: 'draft',
    });
    expect(mentoren).toMatchObject({
      title: 'Startende leraren begeleiden',
      kind: 'presentatie',
      sections: [{ title: 'Feedback geven', page: 2 }],
      themes: ['startende-leraren-en-mentoren'],
    });
    expect(mentoren?.summary).toContain('Vraag naar hun eerste jaar.');
    expect(mentoren?.summary).not.toContain('7');
    expect(draaiboek).toMatchObject({
      title: 'Draaiboek leerlingen die lang ziek zijn',
      sections: [{ title: 'Tijdelijk onderwijs aan huis aanvragen' }],
      themes: ['chronisch-zieke-leerlingen'],
      url: 'https://intranet.example/Helpdesk bank/ziekte/draaiboek.docx',
    });
    expect(planned.map(({ size }) => size)).toEqual([3, 2, 0]);
  });

  it('becomes content that loads, with the page under the answer, and is known the second time', async () => {
    const list =
      'vraag;antwoord;thema\nMag een leerling van 17 naar de avondschool?;Ja, mits toestemming.;volwassenenonderwijs\n';
    const files: Files = {
      'gids.pdf': pdf([
        ['# Gids schoolongevallen melden', 'Een ongeval op school meld je binnen de week aan de verzekering.'],
        ['# Formulier invullen', 'Vul alle velden in.'],
      ]),
      'vragen.csv': list,
    };
    const first = await takeFiles(files, {
      baseUrl: 'https://intranet.example/bank',
      theme: 'onderwijsregelgeving' as ThemeId,
    });
    const folder = join(home, 'round-trip');
    await cp('content', folder, { recursive: true });
    await mkdir(join(folder, 'materials'));
    await writeFile(
      join(folder, 'materials', 'in.yaml'),
      asYaml(
        first.planned.flatMap(({ materials }) => materials),
        'Test',
      ),
    );
    await writeFile(
      join(folder, 'faq', 'in.yaml'),
      asYaml(
        first.planned.flatMap(({ faq }) => faq),
        'Test',
      ),
    );
    const loaded = await loadContent(folder);
    expect(loaded.problems).toEqual([]);
    const gids = loaded.content.items.find(({ title }) => title === 'Gids schoolongevallen melden');
    expect(gids?.sources).toEqual([
      { title: 'Gids schoolongevallen melden', url: 'https://intranet.example/bank/gids.pdf' },
      {
        title: 'Gids schoolongevallen melden, p. 2: Formulier invullen',
        url: 'https://intranet.example/bank/gids.pdf#page=2',
      },
    ]);
    expect(gids?.variants).toContain('Formulier invullen');
    expect(loaded.content.items.find(({ title }) => title.includes('avondschool'))).toMatchObject({
      kind: 'faq',
      themes: ['volwassenenonderwijs'],
      status: 'draft',
    });
    const ids = new Set<string>(loaded.content.items.map(({ id }) => id));
    const second = await takeFiles({ 'elders/andere naam.pdf': files['gids.pdf']!, 'v.csv': list }, { known: ids });
    expect(second.planned.map((one) => one.known)).toEqual([1, 1]);
    expect(second.planned.flatMap((one) => [...one.materials, ...one.faq])).toEqual([]);
    expect(second.planned[0]?.remarks.join()).toContain('al in de inhoud');
  });

  it('without a web address stays a placeholder, which content/ knows but does not show', async () => {
    const { planned } = await takeFiles({ 'draaiboek.docx': docx(LEAVE) });
    const [entry] = planned[0]!.materials;
    expect(entry).toMatchObject({ status: 'placeholder', url: `https://example.org/materialenbank/${entry?.id}` });
    const folder = join(home, 'placeholders');
    await cp('content', folder, { recursive: true });
    await mkdir(join(folder, 'materials'));
    await writeFile(join(folder, 'materials', 'in.yaml'), asYaml([entry], 'Test'));
    const { problems, skipped } = await loadContent(folder);
    expect(problems).toEqual([]);
    expect(skipped.placeholders).toContain(entry?.id);
  });

  it('hides what is recognisable in all that is taken over, and counts it', async () => {
    const { planned } = await takeFiles({
      'a.docx': docx([
        '# Verslag van het overleg over leersteun',
        'De mama van Jonas Vermeulen vroeg leersteun aan. Bel haar op 0477 12 34 56 of mail naar mama@example.com.',
      ]),
      'b.csv': 'vraag;antwoord\nMag de mama van Lotte Peeters het dossier lezen?;Bel 0477 12 34 56.\n',
    });
    const written = JSON.stringify(planned);
    expect(written).not.toMatch(/Vermeulen|Peeters|0477|mama@/);
    expect(written).toContain('[naam]');
    expect(planned.map(({ masked }) => masked)).toEqual([3, 2]);
  });

  it('says what looks like an item that is there, and what was taken over twice', async () => {
    const existing = knowledge.content().items.find(({ kind }) => kind === 'material')!;
    const { planned, refused } = await takeFiles({
      'a.docx': docx([`# ${existing.title}`, existing.answer]),
      'b/kopie.docx': docx([`# ${existing.title}`, existing.answer]),
      'c.csv':
        'Vraag;Antwoord\nHoe lang moeten we een CLB-dossier bewaren?;Tien jaar.\nhoe lang moeten we een clb dossier bewaren;Tien jaar!\n',
    });
    expect(planned.map(({ alike }) => alike)).toEqual([1, 1]);
    expect(planned[0]?.remarks.join()).toContain(existing.id);
    expect(planned[1]?.remarks.join()).toContain('staat al in rij 2');
    expect(refused).toEqual({ 'b/kopie.docx': expect.stringContaining('a.docx') });
  });
});

describe('a list of questions', () => {
  it('is understood by its headers, under a title, with the theme as people write it', async () => {
    const { planned } = await takeFiles({
      'faq.xlsx': xlsx([
        ['Vragen over leersteun'],
        [],
        ['Nr', 'Vraag', 'Antwoord', 'Thema', 'Bron', 'Doelgroep'],
        [
          1,
          'Wie vraagt leersteun aan?',
          'De school, samen met de ouders.',
          'Leersteun en verslagen',
          'https://www.vlaanderen.be/leersteun',
          'school',
        ],
        [2, 'Wie mag het verslag lezen?', '', '', '', ''],
        [3, 'Hoe lang duurt een traject?', 'Zolang het nodig is.', 'iets anders', '', ''],
      ]),
    });
    const [list] = planned;
    expect(list?.faq).toHaveLength(2);
    expect(list?.faq[0]).toMatchObject({
      question: 'Wie vraagt leersteun aan?',
      theme: 'leersteun-en-verslagen',
      audience: ['school'],
      sources: [{ title: 'www.vlaanderen.be', url: 'https://www.vlaanderen.be/leersteun' }],
    });
    expect(list?.remarks).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^rij 5: .*antwoord ontbreekt/),
        expect.stringMatching(/^rij 6: .*ken ik niet/),
      ]),
    );
  });

  it('with other headers is refused with what is needed, and read with a mapping', async () => {
    const files = { 'a.csv': 'Waarover;Wat zeggen we\nMag een ouder het dossier inkijken?;Ja, na overleg.\n' };
    expect((await takeFiles(files)).refused['a.csv']).toContain('Nodig: vraag, antwoord');
    const { planned } = await takeFiles(files, { mapping: { vraag: 'Waarover', antwoord: 'Wat zeggen we' } });
    expect(planned[0]?.faq).toHaveLength(1);
  });
});

describe('a bad file costs only itself', () => {
  const good = docx(LEAVE);

  it('whatever is wrong with it, and the reason says what to do', SLOW, async () => {
    const bomb = zipSync({
      'word/document.xml': new Uint8Array(120 * 1024 * 1024),
      '[Content_Types].xml': strToU8('<Types/>'),
    });
    const locked = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    const folder = await folderOf({
      'a-goed.docx': good,
      'bom.docx': bomb,
      'gekapt.docx': good.slice(0, good.length / 2),
      'leeg.docx': docx(['', ' ']),
      'niets.pdf': '',
      'nullen.csv': new Uint8Array(500),
      'oud.doc': Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]),
      'wachtwoord.docx': locked,
      'wachtwoord.pdf': pdf(
        [['geheim']],
        `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<00> <00>]`,
      ),
      'stuk.pdf': '%PDF-1.7\nkapot',
      'scan.pdf': pdf([[], []]),
      'tekst.txt': 'zomaar tekst',
      'beeld.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
      'stuk.xlsx': xlsx([
        ['vraag', 'antwoord'],
        ['a', 'b'],
      ]).slice(0, 900),
      'z-goed.html':
        '<h1>Leerlingen die lang ziek zijn: stappenplan</h1><p>Zo vraag je onderwijs aan huis aan voor een zieke leerling.</p>',
    });
    const { planned, refused } = await take(folder);
    expect(planned.map(({ file }) => file)).toEqual(['a-goed.docx', 'z-goed.html']);
    expect(refused).toEqual({
      'bom.docx': expect.stringContaining('veel te groot'),
      'gekapt.docx': expect.stringContaining('beschadigd'),
      'leeg.docx': expect.stringContaining('geen tekst'),
      'niets.pdf': expect.stringContaining('Er staat niets in'),
      'nullen.csv': expect.stringContaining('Er staat niets in'),
      'oud.doc': expect.stringContaining('oud Office-formaat'),
      'wachtwoord.docx': expect.stringContaining('zonder wachtwoord'),
      'wachtwoord.pdf': expect.stringContaining('zonder wachtwoord'),
      'stuk.pdf': expect.stringContaining('beschadigd'),
      'scan.pdf': expect.stringContaining('OCR'),
      'tekst.txt': expect.stringContaining('Deze soort ken ik niet'),
      'beeld.png': expect.stringContaining('Deze soort ken ik niet'),
      'stuk.xlsx': expect.stringContaining('beschadigd'),
    });
  });

  it('a zip that lies about its size is cut off there', async () => {
    const honest = docx(['x'.repeat(3_000_000)]);
    const lying = Buffer.from(honest);
    // The uncompressed size in the local header and in the directory entry of word/document.xml.
    for (const [magic, offset, nameAt] of [
      [0x04034b50, 22, 30],
      [0x02014b50, 24, 46],
    ] as const) {
      for (let at = 0; at + nameAt < lying.length; at++) {
        if (lying.readUInt32LE(at) !== magic) continue;
        if (lying.subarray(at + nameAt, at + nameAt + 17).toString() === 'word/document.xml')
          lying.writeUInt32LE(100, at + offset);
      }
    }
    const { refused, planned } = await takeFiles({ 'a.docx': lying, 'b.docx': good });
    expect(refused['a.docx']).toContain('beschadigd');
    expect(planned).toHaveLength(1);
  });

  it('what stands in the file counts, not its name; a Windows-1252 page keeps its accents', async () => {
    const page = Buffer.from(
      '<html><head><title>x</title></head><body><h1>Financiële steun bij chronisch zieke leerlingen</h1><p>Ouders kunnen – via de school – steun vragen voor hun zieke leerling.</p></body></html>'.replaceAll(
        '–',
        '\u0096',
      ),
      'latin1',
    );
    const { planned } = await takeFiles({
      'pagina.pdf': page,
      'scan.docx': pdf([['# Leerlingen die lang ziek zijn', 'Onderwijs aan huis aanvragen voor een zieke leerling.']]),
    });
    expect(planned.map(({ kind }) => kind)).toEqual(['html', 'pdf']);
    expect(planned[0]?.title).toBe('Financiële steun bij chronisch zieke leerlingen');
    expect(planned[0]?.materials[0]?.summary).toContain('– via de school –');
    expect(planned.map(({ remarks }) => remarks[0])).toEqual([
      expect.stringContaining('webpagina'),
      expect.stringContaining('PDF'),
    ]);
  });

  it('of 500 pages the first 300 are read, and that is said', async () => {
    const pages = Array.from({ length: 500 }, (_, at) => [
      `Bladzijde ${at + 1} over het dossier van de leerling en de ouders.`,
    ]);
    const { planned } = await takeFiles({ 'boek.pdf': pdf([['# Handboek dossier en inzage'], ...pages.slice(1)]) });
    expect(planned[0]).toMatchObject({ title: 'Handboek dossier en inzage', size: 500 });
    expect(planned[0]?.remarks.join()).toContain('enkel de eerste 300 van 500 bladzijden gelezen');
  });

  it('a PDF that unpacks to far more than it is takes no more memory than it may', SLOW, async () => {
    const stream = deflateSync(Buffer.alloc(400 * 1024 * 1024, 'BT '), { level: 1 });
    const head = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >> endobj
4 0 obj << /Filter /FlateDecode /Length ${stream.length} >> stream
`;
    const tail = '\nendstream endobj\ntrailer << /Root 1 0 R /Size 5 >>\n%%EOF\n';
    const bomb = Buffer.concat([Buffer.from(head), stream, Buffer.from(tail)]);
    const { planned, refused } = await takeFiles(
      { 'a-bom.pdf': bomb, 'b-goed.docx': good },
      {},
      { growthMegabytes: 150 },
    );
    expect(refused).toEqual({ 'a-bom.pdf': expect.stringContaining('te veel geheugen') });
    expect(planned).toHaveLength(1);
  });

  it('links are not followed, also when they go round', async () => {
    const folder = await folderOf({ 'map/goed.docx': good });
    await symlink('..', join(folder, 'map', 'lus'));
    await symlink('nergens', join(folder, 'dood.docx'));
    const { planned, refused } = await take(folder);
    expect(planned).toHaveLength(1);
    expect(Object.keys(refused).sort()).toEqual(['dood.docx', 'map/lus']);
  });

  it(
    'one that hangs, one that ends the reader and one that eats all memory are refused, the next is read',
    SLOW,
    async () => {
      const reader = join(home, 'reader.mjs');
      const real = pathToFileURL(join(process.cwd(), 'src/adapters/files/read-document.ts')).href;
      await writeFile(
        reader,
        `import { parentPort } from 'node:worker_threads';
       await import(${JSON.stringify(real)});
       parentPort.on('message', ({ path }) => {
         if (path.includes('hangt')) for (;;);
         if (path.includes('sterft')) process.exit(3);
         if (path.includes('gooit')) setImmediate(() => { throw new Error('out of the blue'); });
         const all = [];
         while (path.includes('vreet')) all.push(new Array(100_000).fill(path));
       });`,
      );
      const { planned, refused } = await takeFiles(
        {
          'a-hangt.docx': good,
          'b-sterft.docx': good,
          'c-vreet.docx': good,
          'd-gooit.docx': good,
          'e-goed.docx': good,
        },
        {},
        { timeMs: 10_000, heapMegabytes: 64, reader: pathToFileURL(reader) },
      );
      expect(refused).toEqual({
        'a-hangt.docx': expect.stringContaining('langer dan 10 seconden'),
        'b-sterft.docx': expect.stringContaining('beschadigd'),
        'c-vreet.docx': expect.stringContaining('te veel geheugen'),
        'd-gooit.docx': expect.stringContaining('beschadigd'),
      });
      expect(planned.map(({ file }) => file)).toEqual(['e-goed.docx']);
    },
  );

  it('a folder that is not there is said at once', async () => {
    await expect(take(join(home, 'nergens'))).rejects.toThrow('vind ik niet');
  });
});

describe('the command', () => {
  it('shows a table, writes YAML to review, and never over a file that is there', SLOW, async () => {
    const folder = await folderOf({
      'draaiboek.docx': docx(LEAVE),
      'faq.csv': 'vraag;antwoord\nMag een ouder het dossier inkijken?;Ja, na overleg.\n',
      'stuk.pdf': '%PDF-1.7',
    });
    const out = join(home, 'out.yaml');
    const run = () =>
      promisify(execFile)(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        'src/cli.ts',
        'import',
        'material',
        folder,
        '--out',
        out,
      ]).catch((error: { stdout: string; stderr: string; code: number }) => error);
    const first = await run();
    expect(first).toMatchObject({ code: 1 });
    expect(first.stdout).toMatch(/draaiboek\.docx +Word/);
    expect(first.stdout).toMatch(/stuk\.pdf: Het bestand is beschadigd/);
    expect(first.stdout).toContain('3 bestanden bekeken, 2 nieuwe items, 1 geweigerd');
    expect(await readFile(out, 'utf8')).toContain('title: Draaiboek leerlingen die lang ziek zijn');
    expect(await readFile(out.replace('.yaml', '-faq.yaml'), 'utf8')).toContain('question: Mag een ouder');
    expect((await run()).stderr).toContain('bestaat al');
  });
});
