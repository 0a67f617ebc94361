// People's words on a card: as plain lines, cut short, or safe where Markdown is read. Knows no card and no sentence.

/** Every line is an element of the card, and a card has to stay under 28 KB: what comes after runs on. */
const MOST_LINES = 80;

/** User text as lines for a RichTextBlock, which knows no Markdown and so cannot be made to format or link. */
export function plain(text: string): { line: string }[] {
  const lines = text.split('\n');
  const shown = lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES), lines.slice(MOST_LINES).join(' ')];
  return shown.map((line) => ({ line: line === '' ? ' ' : line }));
}

/** For the few places where user text must go in an element that reads Markdown (a FactSet has no plain form). */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, '\\$&');
}

/** A link that cannot end the Markdown around it. */
export function linkTarget(url: string): string {
  return new URL(url).href.replace(/[()[\]*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/** How a link of somebody's is named: with where it leads. */
export const withHost = (title: string, url: string): string => `${title} (${new URL(url).hostname})`;

/** At most 140 characters on one line. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= 140 ? line : `${line.slice(0, 139)}…`;
}
