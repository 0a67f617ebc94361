// Reads a Word document. Knows no file; the only importer of mammoth.

import mammoth from 'mammoth';
import type { Extract } from '../../app/knowledge/material.ts';
import { readPage, readXml, tidy } from './markup.ts';
import { unzip, zip } from './zip.ts';

const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];

/** Pictures are not unpacked, and the parser gets nothing that was not unpacked within the limits. Throws DocumentError. */
export async function readDocx(bytes: Uint8Array): Promise<Extract> {
  const parts = unzip(bytes, (name) => /\.(xml|rels)$/.test(name));
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(zip(parts)) },
    { styleMap: STYLES, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
  );
  const { blocks } = readPage(value);
  const core = parts['docProps/core.xml'];
  const app = parts['docProps/app.xml'];
  const pages = app ? Number(readXml(app)('Pages').text()) : 0;
  return {
    kind: 'docx',
    title: core ? tidy(readXml(core)('dc\\:title').text()) : '',
    blocks,
    ...(pages > 0 ? { pages } : {}),
    warnings: [],
  };
}
