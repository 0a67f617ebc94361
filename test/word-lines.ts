// Reads back a Word file that the helpdesk wrote, for tests that compare its words and numbers. Knows no document.

import * as XLSX from '@e965/xlsx';

/** The words of a Word file, a line per paragraph; rows of tables have their cells one per line. */
export function wordLines(word: Uint8Array): string[] {
  const entry = XLSX.CFB.find(XLSX.CFB.read(Buffer.from(word), { type: 'buffer' }), '/word/document.xml')!;
  const xml = Buffer.from(entry.content as Uint8Array).toString('utf8');
  return xml
    .split('</w:p>')
    .map((paragraph) =>
      [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
        .map(([, text]) =>
          text!
            .replaceAll('&apos;', "'")
            .replaceAll('&quot;', '"')
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&amp;', '&'),
        )
        .join(''),
    );
}
