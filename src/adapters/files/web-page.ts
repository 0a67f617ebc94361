// Writes a document as one HTML file that a mail program takes over: no script, no picture, nothing from elsewhere. Knows no figure.

import { type Block, type Document, type Run, type Sheet, unitOf } from '../../app/figures/document.ts';
import { locale } from '../../locale/locale.ts';

const STYLE = `body{font:16px/1.5 Calibri,Carlito,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{color:#1f4e79;line-height:1.2}h2{color:#1f4e79;border-top:1px solid #ccd5dd;padding-top:1rem}h3{color:#1f4e79}
.quiet{color:#595959;font-size:.9em}.lead{font-size:1.15em}.label{background:#fde7d8;color:#7a2e00;padding:.4rem .6rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;border-bottom:1px solid #ccd5dd;padding:.2rem .4rem}
td.figure,th.figure{text-align:right}`;

export function pageOf({ title, subtitle, facts, label, blocks }: Document): string {
  return `<!doctype html>
<html lang="${locale.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${title} · ${subtitle}`)}</title>
<style>${STYLE}</style>
</head>
<body>
${label ? `<p class="label">${escaped(label)}</p>\n` : ''}<h1>${escaped(title)}<br>${escaped(subtitle)}</h1>
${facts.map((fact) => `<p class="quiet">${escaped(fact)}</p>`).join('\n')}
${blocks.map(drawn).join('\n')}
</body>
</html>
`;
}

/** The page's title is its first heading, so every other one is a level lower. */
function drawn(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1}>${escaped(block.text)}</h${block.level + 1}>`;
    case 'text':
      return `<p${block.tone ? ` class="${block.tone}"` : ''}>${block.runs.map(run).join('')}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((runs) => `<li>${runs.map(run).join('')}</li>`).join('\n')}\n</ul>`;
    case 'sheet':
      return table(block.sheet);
  }
}

function run({ text, bold, url }: Run): string {
  const words = bold ? `<strong>${escaped(text)}</strong>` : escaped(text);
  return url ? `<a href="${escaped(url)}">${words}</a>` : words;
}

function table(sheet: Sheet): string {
  const heads = [
    ...sheet.texts.map((label) => cell('th', label)),
    ...sheet.columns.map(({ label }) => cell('th', label, true)),
  ];
  const rows = sheet.rows.map((row) => {
    const figures = row.values.map((value, at) => {
      if (value === null) return cell('td', '–', true);
      return cell(
        'td',
        value === 'hidden' ? locale.report.hidden : locale.report.value[unitOf(sheet, row, at)](value),
        true,
      );
    });
    return `<tr>${[...row.texts.map((text) => cell('td', text)), ...figures].join('')}</tr>`;
  });
  const basis = sheet.basis ? `\n<p class="quiet">${escaped(sheet.basis)}</p>` : '';
  return `<h3>${escaped(sheet.heading)}</h3>\n<table>\n<tr>${heads.join('')}</tr>\n${rows.join('\n')}\n</table>${basis}`;
}

const cell = (tag: 'th' | 'td', text: string, figure = false): string =>
  `<${tag}${figure ? ' class="figure"' : ''}>${escaped(text)}</${tag}>`;

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!);
