// Approved cases as a document to train with, and as an outline of slides. Knows no file format but Markdown's signs.

import { CASE_PARTS, type CaseText } from '../../domain/cases.ts';
import { locale } from '../../locale/locale.ts';
import type { Content } from '../ports.ts';
import { type Block, type Document, heading, text } from './document.ts';

const words = locale.cases;

type Approved = readonly { text: CaseText }[];

/** By core process and theme, each case with its parts under each other. */
export function casesDocument(cases: Approved, content: Content, day: string): Document {
  return {
    title: words.document.title,
    subtitle: words.document.count(cases.length),
    facts: [words.document.anonymous, words.document.madeOn(day)],
    cover: true,
    blocks: byTheme(cases, content).flatMap(({ name, coreProcess, own }): Block[] => [
      heading(1, `${coreProcess} · ${name}`),
      ...own.flatMap((one): Block[] => [
        heading(2, one.title),
        ...partsOf(one).flatMap(({ label, lines }): Block[] => [heading(3, label), ...lines.map((line) => text(line))]),
      ]),
    ]),
  };
}

/**
 * A slide per "# ": a title, then a slide per part with its lines as bullets. Pandoc and Marp make slides of it, and
 * PowerPoint takes the Word outline of the same cases.
 */
export function casesOutline(cases: Approved, content: Content): string {
  const slides = byTheme(cases, content).flatMap(({ name, coreProcess, own }) =>
    own.flatMap((one) => [
      `# ${plainLine(one.title)}\n\n${plainLine(`${coreProcess} · ${name}`)}`,
      ...partsOf(one).map(
        ({ label, lines }) => `# ${label}\n\n${lines.map((line) => `- ${plainLine(line)}`).join('\n')}`,
      ),
    ]),
  );
  return `${slides.join('\n\n---\n\n')}\n`;
}

function byTheme(cases: Approved, { themes }: Content) {
  return [...Map.groupBy(cases, ({ text: { theme } }) => theme)].map(([id, own]) => {
    const theme = themes.find((one) => one.id === id);
    return {
      name: theme?.name ?? locale.common.unknownTheme,
      coreProcess: theme?.coreProcess ?? '',
      own: own.map((one) => one.text),
    };
  });
}

const partsOf = (one: CaseText): { label: string; lines: string[] }[] =>
  CASE_PARTS.filter((part) => one[part] !== '').map((part) => ({
    label: words.form[part],
    lines: one[part].split('\n').filter((line) => line.trim() !== ''),
  }));

/** What people typed stays text: no heading, link, picture or HTML of theirs. */
const plainLine = (typed: string): string => typed.trim().replace(/[\\`*_{}[\]()#<>|~!]/g, '\\$&');
