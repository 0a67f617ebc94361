// Reads the slides of a presentation and what the speaker noted under them. Knows no file.

import type { Block, Extract } from '../../app/knowledge/material.ts';
import { readXml, tidy } from './markup.ts';
import { type Parts, unzip } from './zip.ts';

/** Slides in the order in which they are shown, hidden ones left out; a slide's number is its page. Throws DocumentError. */
export function readPptx(bytes: Uint8Array): Extract {
  const parts = unzip(bytes, (name) => /\.(xml|rels)$/.test(name));
  const presentation = readXml(parts['ppt/presentation.xml']!);
  const related = relations(parts, 'ppt/presentation.xml');
  const blocks: Block[] = [];
  let page = 0;
  for (const slide of presentation('p\\:sldId').toArray()) {
    const path = related.get(presentation(slide).attr('r:id') ?? '')?.path ?? '';
    const xml = parts[path];
    if (!xml) continue;
    page++;
    const hidden = readXml(xml)('p\\:sld').attr('show') === '0';
    if (hidden) continue;
    const notes = [...relations(parts, path).values()].find(({ type }) => type.endsWith('/notesSlide'));
    const spoken = notes && parts[notes.path];
    const shown = shapes(xml, false);
    const [first] = shown;
    if (first && first.text.length <= LONGEST_TITLE && !shown.some(({ heading }) => heading)) first.heading = true;
    for (const block of [...shown, ...(spoken ? shapes(spoken, true) : [])]) blocks.push({ ...block, page });
  }
  const core = parts['docProps/core.xml'];
  return {
    kind: 'pptx',
    title: core ? tidy(readXml(core)('dc\\:title').text()) : '',
    blocks,
    pages: page,
    warnings: [],
  };
}

/** A slide without a title in its place still starts with one, most likely. */
const LONGEST_TITLE = 120;

/** The paragraphs of a slide, titles as headings; of a page with notes only what was noted. */
function shapes(xml: Uint8Array, notes: boolean): Block[] {
  const $ = readXml(xml);
  return $('p\\:sp, p\\:graphicFrame')
    .toArray()
    .flatMap((shape): Block[] => {
      const role = $(shape).find('p\\:ph').attr('type') ?? '';
      if (['sldNum', 'dt', 'ftr', 'hdr'].includes(role) || (notes && role !== 'body')) return [];
      const heading = role === 'title' || role === 'ctrTitle';
      const paragraphs = $(shape)
        .find('a\\:p')
        .toArray()
        .map((paragraph) =>
          tidy(
            $(paragraph)
              .find('a\\:t, a\\:br')
              .toArray()
              .map((run) => $(run).text() || ' ')
              .join(''),
          ),
        )
        .filter((text) => text !== '');
      if (!heading) return paragraphs.map((text) => ({ text }));
      return paragraphs.length > 0 ? [{ text: paragraphs.join(' '), heading: true }] : [];
    });
}

/** What a part refers to, by id; paths as they stand in the zip. */
function relations(parts: Parts, path: string): Map<string, { type: string; path: string }> {
  const [, folder, name] = /^(.*\/)([^/]*)$/.exec(path) ?? [];
  const xml = parts[`${folder}_rels/${name}.rels`];
  if (!xml) return new Map();
  const $ = readXml(xml);
  return new Map(
    $('Relationship')
      .toArray()
      .map((one) => {
        const target = new URL($(one).attr('Target') ?? '', `zip:///${folder}`).pathname.slice(1);
        return [$(one).attr('Id') ?? '', { type: $(one).attr('Type') ?? '', path: target }];
      }),
  );
}
