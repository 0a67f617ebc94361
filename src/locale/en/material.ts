// Every English sentence and word of taking over documents as material. Knows no logic but number forms.

import { material as dutch } from '../nl/material.ts';
import type { Room } from '../room.ts';
import { count, number as n } from './forms.ts';

export const material: Room<typeof dutch> = {
  kinds: { docx: 'Word', pdf: 'PDF', html: 'web page', pptx: 'presentation', table: 'list' },
  // What is written in materials.yaml, and names of files: content, in whatever language the helpdesk speaks.
  materialKinds: dutch.materialKinds,
  endings: dutch.endings,
  emptyTitle: dutch.emptyTitle,

  refused: {
    missing: (path) => `I cannot find ${path}. Check the name and the folder.`,
    empty: 'There is nothing in the file.',
    broken: 'The file is damaged or was not saved completely. Open it and save it again.',
    locked: 'It is protected with a password. Save it without one.',
    oldOffice: 'This is an old Office format. Save it as .docx, .xlsx or .pptx.',
    scanned: 'These are pictures without text. Run text recognition (OCR) on it first.',
    bomb: 'Unpacked, the file is far too large. Do not trust it, or save it again without attachments.',
    tooBig: (megabytes) => `The file is larger than ${megabytes} MB. Make the pictures smaller or split it.`,
    tooSlow: (seconds) => `Reading took longer than ${n(seconds)} seconds. Split the file.`,
    tooHeavy: 'Reading took too much memory. Split the file.',
    tooManyFiles: (most) => `There are more than ${n(most)} files in the folder. Take them over in parts.`,
    tooDeep: 'This folder is nested too deep. Take it over separately.',
    unreadable: 'I may not or cannot read this. Check the permissions.',
    link: 'This is a shortcut or no ordinary file. Give the folder that holds the real file.',
    unknown: 'I do not know this kind. I read Word (.docx), PDF, PowerPoint (.pptx), HTML, .xlsx and .csv.',
    noText: 'There is no text in it to take over.',
    noTheme: 'I find no theme for it. Give one with --theme.',
    same: (file) => `The same text as ${file}: taken over only once.`,
    noRows: 'Not a single row could be taken over.',
  },

  warning: {
    pagesRead: (read, all) => `only the first ${n(read)} of ${n(all)} pages were read`,
    pagesWithoutText: (pages) => `${count(pages, 'page', 'pages')} without text (a picture?)`,
    ending: (kind) => `the name does not fit what is in it: ${kind}`,
    unsureTheme: (theme) => `theme unsure: ${theme}`,
    short: 'little text: write a summary yourself',
    untitled: 'no title found: the name of the file was taken',
    nameInFile: 'the name of the file seems to hold a name or number',
    alike: (title, id, part) => `is ${Math.round(part * 100)}% like "${title}" (${id})`,
    answered: (title, id) => `I answer this already with "${title}" (${id})`,
    placeholder: 'no web address: remains a placeholder until you fill in url (or give --base-url)',
    row: (line, what) => `row ${line}: ${what}`,
    longAnswer: (words) => `answer of ${n(words)} words: shorten it`,
    known: (id) => `in the content already (${id})`,
    twice: (line) => `already in row ${line}`,
    missing: (field) => `${field} is missing`,
  },

  table: {
    title: (folder) => `Material in ${folder}`,
    header: ['file', 'kind', 'size', 'words', 'theme', 'masked', 'state', 'title'],
    pages: (pages) => `${n(pages)} pp.`,
    slides: (slides) => count(slides, 'slide', 'slides'),
    rows: (rows) => count(rows, 'row', 'rows'),
    fresh: 'new',
    freshOf: (fresh, all) => `${n(fresh)} of ${n(all)} new`,
    known: 'in the content already',
    alike: 'there twice?',
    themes: (themes) => count(themes, 'theme', 'themes'),
    remarks: 'Remarks',
    refused: 'Refused',
    total: (files, fresh, refused, hidden) =>
      `Looked at ${count(files, 'file', 'files')}: ${count(fresh, 'new item', 'new items')}, ${n(refused)} refused, ${n(hidden)} hidden ones skipped.`,
    masked: (masked) =>
      `Masked ${count(masked, 'recognisable detail', 'recognisable details')}. Look at the files yourself as well: the check does not see everything.`,
  },
  progress: (at, file) => `${n(at)} ${file}…`,
  done: {
    nothing: 'There is nothing new to write.',
    materials: (file) => `Wrote material to ${file}. Read it through and put it in content/materials/.`,
    faq: (file) => `Wrote questions to ${file}. Read them through and put them in content/faq/.`,
    dry: 'Nothing has been written yet. Add --out FILE.yaml to read the items through.',
    heading: 'Taken over from documents. Nobody has read it through: look at each item before it goes into content/.',
    out: 'With --out, give a file that ends in .yaml.',
    theme: (typed, known) => `I do not know the theme "${typed}". Choose from: ${known.join(', ')}.`,
    baseUrl: 'With --base-url, give a web address that starts with https://.',
  },
  place: (title, page, section) => `${title}, p. ${page}: ${section}`,
};
