// Turns the Markdown that Teams shows (bold, italic, links, lists) into HTML in which everything else is escaped. Knows nothing of cards or messages.

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const INLINE = new RegExp(
  [
    /\\(?<literal>[!-/:-@[-`{-~])/,
    /\[(?<label>(?:\\.|[^\]\\])+)\]\((?<href>https?:\/\/[^\s()<>"]+(?:\([^\s()<>"]*\)[^\s()<>"]*)*)\)/,
    /<at>(?<mention>[^<]+)<\/at>/,
    /\*\*(?<bold>(?:\\.|[^*\\])+)\*\*/,
    /\*(?<italic>(?=\S)(?:\\.|[^*\\])+)\*/,
    /(?<!\w)__(?<strong>(?:\\.|[^_\\])+)__(?!\w)/,
    /(?<!\w)_(?<emphasis>(?=\S)(?:\\.|[^_\\])+)_(?!\w)/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
);

function inline(text: string): string {
  let html = '';
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    html += escapeHtml(text.slice(from, match.index));
    from = match.index + match[0].length;
    const { literal, label, href, mention, bold, italic, strong, emphasis } = match.groups!;
    if (literal !== undefined) html += escapeHtml(literal);
    else if (href !== undefined) {
      html += `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${inline(label!)}</a>`;
    } else if (mention !== undefined) html += `<span class="mention">${escapeHtml(mention)}</span>`;
    else if (bold !== undefined || strong !== undefined) html += `<strong>${inline((bold ?? strong)!)}</strong>`;
    else html += `<em>${inline((italic ?? emphasis)!)}</em>`;
  }
  return html + escapeHtml(text.slice(from));
}

/** HTML for a Markdown text. Only http and https links become links; no HTML of the text itself survives. */
export function markdown(text: string): string {
  const out: string[] = [];
  let list: { tag: 'ul' | 'ol'; start: string; items: string[] } | undefined;
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) out.push(`<p>${lines.map(inline).join('<br>')}</p>`);
    if (list) {
      const start = list.tag === 'ol' && list.start !== '1' ? ` start="${list.start}"` : '';
      out.push(`<${list.tag}${start}>${list.items.map((item) => `<li>${inline(item)}</li>`).join('')}</${list.tag}>`);
    }
    lines = [];
    list = undefined;
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const bullet = /^\s*[-*•]\s+(.+)$/.exec(line);
    const numbered = /^\s*(\d{1,9})[.)]\s+(.+)$/.exec(line);
    if (bullet || numbered) {
      const tag = bullet ? 'ul' : 'ol';
      if (list?.tag !== tag) {
        flush();
        list = { tag, start: numbered?.[1] ?? '1', items: [] };
      }
      list.items.push((bullet?.[1] ?? numbered?.[2])!);
    } else if (line.trim() === '') flush();
    else {
      if (list) flush();
      lines.push(line.trim());
    }
  }
  flush();
  return out.join('');
}

/** HTML for a text that is no Markdown: escaped, with line breaks and mentions. */
export function plain(text: string): string {
  return text
    .split(/<at>([^<]+)<\/at>/)
    .map((part, at) => (at % 2 === 1 ? `<span class="mention">${escapeHtml(part)}</span>` : escapeHtml(part)))
    .join('')
    .replace(/\r\n|\r|\n/g, '<br>');
}
