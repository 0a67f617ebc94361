// Reads HTML and XML as blocks of text. Knows no page's purpose; the only importer of cheerio.

import { type CheerioAPI, load } from 'cheerio/slim';
import type { Block } from '../../app/knowledge/material.ts';

const LEFT_OUT = new Set(['script', 'style', 'noscript', 'template', 'nav', 'footer', 'form', 'iframe', 'svg', 'head']);
const HEADING = /^h[1-6]$/;
const BLOCK = new Set(
  `address article aside blockquote body caption dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6
  header hr li main ol p pre section summary table tbody td tfoot th thead tr ul`.split(/\s+/),
);

type Node = { type: string; name?: string; data?: string; children?: Node[] };

/** The title, where the page says it lives, and its text in reading order; what belongs to the site around it is left out. */
export function readPage(html: string): { title: string; url?: string; blocks: Block[] } {
  const $ = load(html);
  const [main] = $('main, article, [role=main]').toArray();
  const blocks: Block[] = [];
  let text = '';
  const flush = (heading: boolean): void => {
    const plain = tidy(text);
    text = '';
    if (plain !== '') blocks.push({ text: plain, ...(heading ? { heading: true } : {}) });
  };
  const walk = (nodes: readonly Node[]): void => {
    for (const { type, name = '', data, children = [] } of nodes) {
      if (type === 'text') text += data;
      if (name === 'br') text += ' ';
      if (LEFT_OUT.has(name) || children.length === 0) continue;
      if (BLOCK.has(name)) flush(false);
      walk(children);
      if (BLOCK.has(name)) flush(HEADING.test(name));
    }
  };
  walk((main ? [main] : $.root().toArray()) as Node[]);
  flush(false);
  const canonical = $('link[rel=canonical]').attr('href') ?? '';
  return {
    title: tidy($('title').first().text()),
    ...(/^https:\/\/\S+$/.test(canonical) && URL.canParse(canonical) ? { url: canonical } : {}),
    blocks,
  };
}

/** An XML part of an office document. Names keep their prefix: select "a\\:t". */
export const readXml = (bytes: Uint8Array): CheerioAPI =>
  load(new TextDecoder().decode(bytes), { xml: { decodeEntities: true } });

/** Single spaces, no soft hyphens and no spaces without width. */
export const tidy = (text: string): string =>
  text
    .replace(/[\u00ad\u200b-\u200d\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
