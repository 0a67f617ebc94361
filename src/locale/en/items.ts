// Every English sentence about FAQ items that people write, review and keep fresh. Knows no logic but date forms.

import type { ItemRefusal } from '../../domain/items.ts';
import { items as dutch } from '../nl/items.ts';
import type { Room } from '../room.ts';

const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Brussels', dateStyle: 'medium' });
const on = (at: number): string => day.format(at);

function refusal(no: ItemRefusal): string {
  switch (no.kind) {
    case 'not-allowed':
      return 'Only whoever looks after this theme can do this: the contact, the substitute, the coordinator or the quality team. Are you the contact? Ask an administrator to put your e-mail address with the contact.';
    case 'own-draft':
      return 'You wrote this yourself. Have a colleague who also looks after this theme review and publish it.';
    case 'already-proposed':
      return `${no.by.name || 'A colleague'} already proposed this question on ${on(no.since)}. It is waiting for review; after that you can extend it.`;
    case 'changed-meanwhile':
      return 'Somebody changed this in the meantime. Read the new text below and decide again.';
    case 'nothing-to-review':
      return 'Nothing is waiting for review here. Below is how it stands now.';
    case 'not-published':
      return 'This item is not published, so there is nothing to remove.';
    case 'no-such-version':
      return 'That version is not there (any more). Below is how it stands now.';
    case 'empty':
      return 'Fill in a question and an answer.';
    case 'question-too-long':
      return `A question or wording has at most ${no.most} characters. Make it shorter.`;
    case 'answer-too-long':
      return `An answer has at most ${no.most} characters. Shorten it and point to the rest with a source.`;
    case 'too-many-variants':
      return `Give at most ${no.most} other wordings.`;
    case 'unknown-theme':
      return 'Choose a theme from the list.';
    case 'theme-retired':
      return `The theme ${no.name} is no longer used. Choose another theme.`;
    case 'no-audience':
      return 'Choose for whom this answer is.';
    case 'no-reason':
      return 'Say in a sentence why: whoever wrote this reads it.';
    case 'too-many-changes':
      return 'This item has been changed very often and takes no more. Remove it and make a new item.';
  }
}

export const items: Room<typeof dutch> = {
  refusal,
  summary: 'Knowledge base',
  propose: 'Propose as FAQ',
  proposeLabel: 'For whoever comes after you',
  proposeToggle: 'Propose this answer as FAQ too',
  write: 'Write this',
  audiences: { clb: 'CLB', school: 'schools', internaat: 'boarding schools', cvo: 'adult education' },
  gone: 'This item is no longer there. Type **knowledge base** for the list.',
  notAllowed: 'Only advisors and the quality team write the knowledge base.',
  materialOnly: 'Material is not changed here, but where it was made. Choose an FAQ item.',

  what: { faq: 'FAQ item', material: 'material' },

  offer: {
    button: 'Share material',
    summary: 'Share material',
    invitation:
      'Do you have a material that inspires colleagues, such as a script, a template or a recording? Share the link. Whoever looks after the theme reviews it; after that everybody finds it, with your centre and without your name.',
    title: 'Share material',
    intro:
      'Whoever looks after the theme reviews this. After that everybody finds it, with your centre and without your name. Put nothing about pupils in it.',
    link: 'Link',
    linkHint: 'https://…',
    linkWrong: 'Give a link that begins with https://, without a user name or password in it.',
    name: 'Title',
    nameHint: 'What the material itself is called',
    sentence: 'What is it?',
    sentenceHint: 'In one sentence: what it is and when to use it',
    kind: 'Kind (may stay empty)',
    kinds: dutch.offer.kinds,
    anyKind: dutch.offer.anyKind,
    centre: 'Centre it comes from',
    noCentre: 'Choose the centre that the material comes from. That is shown with it, your name is not.',
    there: (title) => `This material is there already: ${title}. Nothing has been proposed.`,
    twice:
      'This material has been offered before: it is waiting for review or was looked at already. Nothing has been proposed; what you typed is still there.',
    notYours: 'Only whoever offered this material, or looks after the theme, can change it.',
    incomplete: 'Fill in a title and say in one sentence what it is.',
    tooLong: (most) => `That is too long: at most ${most} characters. Make it shorter.`,
    tooMany: (most) =>
      `You shared ${most} materials today already. You can go on tomorrow; what you typed is there as long as this window is open.`,
    send: 'Propose',
    sent: (role) => `Thank you, proposed. ${role} reviews it; you hear here what becomes of it.`,
  },

  form: {
    title: 'Propose as FAQ',
    editTitle: 'Change FAQ item',
    intro: 'Whoever looks after the theme reads this through before anybody else sees it.',
    found: (what) => `Left out because it is recognisable: ${what}. Check whether the text is still right.`,
    personal: (what) =>
      `Something recognisable is still in here: ${what}. Take it out, or let me do it. What you typed is still there.`,
    maskedNow: 'I took out what is recognisable. Nothing has been proposed yet: check it and propose.',
    finding: (kind, value) => `${kind} (${value})`,
    question: 'Question',
    questionHint: 'As somebody would ask it, in one sentence',
    answer: 'Answer',
    variants: 'Other wordings, one per line',
    theme: 'Theme',
    audience: 'For whom',
    sources: 'Sources, one per line: title | https://…',
    sourceWrong: 'A source must end in an https link, for example: Circular | https://…',
    nearest: 'This is there already. The same? Then extend it rather than writing it twice.',
    target: 'New or extending',
    fresh: 'A new item',
    extend: (title) => `Extend: ${title}`,
    extended: 'This is the text of the existing item, with your answer below it. Make it one whole and propose.',
    send: 'Propose',
    sent: (role) => `Proposed. ${role} reads it through; you hear here what becomes of it.`,
    knownSource: 'Source',
  },

  review: {
    summary: { faq: 'An FAQ item is waiting for review', material: 'A material is waiting for review' },
    title: {
      proposed: (what) => `To review: ${what}`,
      'sent-back': (what) => `Sent back: ${what}`,
      rejected: (what) => `Rejected: ${what}`,
      published: (what) => `Published: ${what}`,
      retired: (what) => `Removed: ${what}`,
    },
    state: {
      proposed: (by, at) => `Proposed by ${by} on ${on(at)}`,
      'sent-back': (by, at) => `Sent back by ${by} on ${on(at)}`,
      rejected: (by, at) => `Rejected by ${by} on ${on(at)}`,
      published: (by, at) => `Published by ${by} on ${on(at)}`,
      retired: (by, at) => `Removed by ${by} on ${on(at)}`,
    },
    somebody: 'somebody',
    files: 'the files',
    struck: 'The question this came from was made unreadable.',
    forOwner: (role) => `For ${role}`,
    change: 'Meanwhile requesters still see the previous text.',
    reason: (reason) => `Reason: ${reason}`,
    variants: 'Other wordings',
    near: 'Looks like',
    theme: 'Theme',
    kind: 'Kind',
    origin: 'From the field',
    audience: 'For',
    trust: 'Requesters see',
    reviewed: (date) => `reviewed on ${date}`,
    draft: (date) => `drafted on ${date}, not reviewed yet`,
    history: 'What happened to it',
    events: {
      taken: (at) => `${on(at)}: text from the files`,
      proposed: (at, by) => `${on(at)}: text by ${by}`,
      published: (at, by) => `${on(at)}: published by ${by}`,
      'sent-back': (at, by) => `${on(at)}: sent back by ${by}`,
      rejected: (at, by) => `${on(at)}: rejected by ${by}`,
      reverted: (at, by) => `${on(at)}: previous version put back by ${by}`,
      retired: (at, by) => `${on(at)}: removed by ${by}`,
      confirmed: (at, by) => `${on(at)}: still right according to ${by}`,
    },
    publish: 'Publish',
    confirm: 'Still right',
    confirmed: 'Noted: reviewed today.',
    edit: 'Change',
    sendBack: 'Send back',
    reject: 'Reject',
    revert: 'Put previous version back',
    restore: 'Put back',
    retire: 'Remove',
    published: 'Published. Requesters get this answer from now on.',
    reverted: 'Put back. Requesters get this version from now on.',
    done: {
      'send-back': 'Sent back. The writer gets your reason.',
      reject: 'Rejected. The writer gets your reason.',
      retire: 'Removed. Requesters no longer get this answer; it can be put back.',
    },
    reasonTitle: { 'send-back': 'Send back', reject: 'Reject', retire: 'Remove' },
    reasonLabel: { 'send-back': 'What has to change?', reject: 'Why not?', retire: 'Why?' },
  },

  told: {
    published: (what, title) => `Your ${what} has been published: ${title}`,
    'sent-back': (what, title, by, reason) => `${by} sent your ${what} back: ${title}. Reason: ${reason}`,
    rejected: (what, title, by, reason) => `${by} rejected your ${what}: ${title}. Reason: ${reason}`,
    open: 'Open',
  },

  miss: {
    title: 'This answer did not help',
    question: 'Asked',
    shownLabel: 'Shown',
    answeredLabel: 'Answered in the end',
    unanswered: 'No answer by an advisor yet.',
    shown: (title) => `Shown: ${title}`,
    shownIsGone: 'an item that is no longer there',
    unreadable: 'The text of this question is no longer there.',
    teachHeading: 'Was the answer in another item? Then the next one will find it.',
    teach: 'Add wording',
    write: 'Write a new item',
    outOfScope: 'Does not belong here',
    taught: (title) => `Added: whoever asks it like this now finds it sooner: ${title}`,
    notTaught:
      'This question is too long or too general to keep as a wording, or you have added many already. Write a new item or extend one.',
    closed: 'Noted: this question does not belong in the knowledge base.',
    decided: {
      wording: (by) => `${by} added the wording to an item.`,
      written: (by) => `${by} proposed an item.`,
      'out-of-scope': (by) => `${by} noted that this does not belong here.`,
    },
  },

  files: {
    nothing: 'Nobody changed anything over the files: there is nothing to write.',
    written: (files, items, folder) =>
      `Wrote ${items} items in ${files} files to ${folder}. Compare with content/ and take over what you like; do not put versions.json in content/.`,
    plan: (same, fresh, changed, conflicts) =>
      `${same} the same, ${fresh} new, ${changed} changed, ${conflicts} not to be taken over.`,
    notApplied: 'Nothing has been taken over yet: add --apply.',
    applied: (items) => `${items} items taken over. Running helpdesks use them within a few seconds.`,
    conflict: (id, why) => `${id}: ${why}`,
    unknownTheme: (theme) => `theme ${theme} is not in content/themes.yaml.`,
    material: 'this is material that did not come from the field, or something else than what is there.',
    otherId: (id) => `the same question is there already as ${id}. Use that id: ids do not change.`,
    waiting: 'somebody proposed a change here that is waiting for review. Decide on it first.',
    retired: 'this item has been removed. Put it back in the knowledge base first.',
    changedHere: 'somebody changed this here since the export. Export again and merge.',
    links: {
      asking: (links) => `${links} links are asked one by one, a few hosts at a time.`,
      offline: 'Not one link answered: this machine is probably offline. Nothing has been checked.',
      line: (url, no, items) => {
        const why = {
          moved: `has moved to ${no.to}`,
          refused: `answers with ${no.status}`,
          silent: `does not answer (${no.reason})`,
        }[no.kind];
        return `${url} ${why}: ${items.join(', ')}`;
      },
      total: (links, bad) =>
        `Asked ${links} links, ${bad} to be looked at. Whoever looks after a theme sees it in the knowledge base too.`,
    },
    faulty: (problems) =>
      `Nothing has been taken over: correct ${problems === 1 ? 'the mistake' : `the ${problems} mistakes`} above first.`,
  },

  list: {
    title: 'Knowledge base',
    empty: 'Nothing is waiting. Propose an answer that helps others with *Propose as FAQ*.',
    toReview: 'To review',
    misses: 'Answers that did not help',
    mine: 'Proposed by you',
    line: (title, theme) => `${theme} · ${title}`,
    more: (rest) => `And ${rest} more.`,
  },
};
