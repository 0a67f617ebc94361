// The commands about what is held of people, and about who did what. Parses what was typed and prints; tasks live elsewhere.

import type { Command } from 'commander';
import { writeNew } from '../adapters/files/writing.ts';
import type { Store } from '../app/ports.ts';
import { auditTrail, verifyAudit } from '../app/privacy/audit.ts';
import { namingOf } from '../app/privacy/naming.ts';
import { type OwnData, ownData, requestErasure } from '../app/privacy/own-data.ts';
import { retain, type Terms } from '../app/privacy/retention.ts';
import type { PersonId } from '../domain/terms.ts';
import { brusselsDay } from '../domain/working-time.ts';
import { locale } from '../locale/locale.ts';
import { quietApp, type Surroundings } from './tables.ts';

/** What was written beside a question, and what is to be done about it. */
const PLACES = {
  draft: 'a draft answer to',
  case: 'a case, made from or approved as',
  item: 'a knowledge item, changed or taken away in chat:',
  wordings: 'a learnt wording, removed with "wordings remove":',
  session: 'a session of',
  time: 'a time entry of',
  followup: 'a note with a decision on',
};

const NOTHING_HELD =
  'Nothing is held of this person here. Is the object id right, and DATA_DIR or COSMOS_ENDPOINT that of the helpdesk?';
const holdsNothing = ({ about, questions, workedOn, other }: OwnData): boolean =>
  about === null && questions.length + workedOn.length + other.length === 0;

/** Adds the commands. What they reject with is a sentence for the operator. What is noted of each is in trail.ts. */
export function addDataCommands(program: Command, around: Surroundings & { terms: Terms }): void {
  const { clock, openStore, terms } = around;
  const withStore = async <T>(task: (store: Store) => Promise<T>): Promise<T> => {
    const store = await openStore();
    try {
      return await task(store);
    } finally {
      store.close();
    }
  };

  program
    .command('own-data')
    .description('write everything that is held about one person to a new JSON file, for a request of theirs')
    .requiredOption('--person <object id>', 'the Entra object id of the person', objectId)
    .requiredOption('--out <file>', 'the file to write; it may not exist yet')
    .action(async ({ person, out }: { person: PersonId; out: string }) =>
      withStore(async (store) => {
        const data = await ownData(store, person);
        if (holdsNothing(data)) return console.log(NOTHING_HELD);
        await writeNew(out, `${JSON.stringify(data, null, 2)}\n`);
        console.log(
          `Written to ${out}: ${data.questions.length} questions. It holds personal data; keep it no longer than needed.`,
        );
      }),
    );

  program
    .command('forget')
    .description('erase every text and trace of one person, as people can ask for in chat; counts stay')
    .requiredOption('--person <object id>', 'the Entra object id of the person', objectId)
    .option('--yes', 'really erase; without it nothing happens')
    .action(async ({ person, yes }: { person: PersonId; yes?: boolean }) =>
      withStore(async (store) => {
        if (!yes) {
          const data = await ownData(store, person);
          if (holdsNothing(data)) return console.log(NOTHING_HELD);
          const { questions, workedOn, other } = data;
          console.log(
            `Would erase the text of ${questions.length} questions and the name on ${workedOn.length} others and ${other.length} documents. This cannot be undone. Add --yes to do it.`,
          );
          return;
        }
        await requestErasure({ store, clock }, { person });
        console.log('Asked for. A running helpdesk erases it within seconds; one that starts later does so first.');
      }),
    );

  program
    .command('find-person')
    .description(
      'list the questions in whose text all of these words stand, and what was written beside them, for a request about somebody named there',
    )
    .argument('<words...>')
    .action(async (words: string[]) => {
      if (words.every((word) => word.trim() === '')) throw new Error('Give a word to look for, such as a name.');
      return withStore(async (store) => {
        const { questions, beside, searched } = await namingOf(store, words);
        for (const { number, askedAt } of questions) console.log(`${number}  ${brusselsDay(askedAt)}`);
        for (const { kind, of } of beside) console.log(`${PLACES[kind]} ${of}`);
        const [first] = questions;
        if (first)
          console.log(
            `${questions.length} of ${searched} questions. An administrator makes one unreadable in chat, with its drafts, proposals and cases: ${locale.data.redact.command(first.number)}`,
          );
        if (searched === 0)
          console.log('This store has no questions at all. Is DATA_DIR or COSMOS_ENDPOINT the right one?');
        else if (questions.length + beside.length === 0)
          console.log(`None of ${searched} questions has these words. Spelling counts; try a part of the name.`);
      });
    });

  program
    .command('retention')
    .description('what is past its term and would be removed tonight; --apply removes it now')
    .option('--apply', 'remove it now; cannot be undone')
    .action(async ({ apply }: { apply?: boolean }) =>
      withStore(async (store) => {
        const report = await retain(await quietApp(around, store), terms, { dry: !apply });
        const { before, questions, underWay, people, drafts, other, wordings, entries } = report;
        console.log(
          [
            `Kept: everything from ${before} on (RETENTION_DAYS ${terms.texts} after the end of a school year).`,
            `${apply ? 'Made unreadable' : 'Would be made unreadable'}: ${questions} questions`,
            `${apply ? 'Removed' : 'Would be removed'}: ${people} people, ${drafts} drafts and proposals, names and notes of ${other} sessions and time entries and absences that are over, ${wordings} items' wordings older than WORDING_TERM_DAYS ${terms.wordings}, ${entries} audit entries older than AUDIT_TERM_DAYS ${terms.audit}`,
            `Left because somebody still waits for an answer: ${underWay}. Close them; they go the night after.`,
          ].join('\n'),
        );
      }),
    );

  const trail = program.command('audit').description('the trail of who read, exported, changed or erased what');
  trail
    .command('verify')
    .description('check that no entry was changed, removed or added; exit code 1 when one was')
    .action(async () =>
      withStore(async (store) => {
        const { entries, seal, problem } = await verifyAudit(store);
        if (problem) throw new Error(`The audit trail does not hold together: ${problem}.`);
        console.log(
          `${entries} entries hold together. Last seal: ${seal}\nNote the number and the seal outside this machine: what is cut off at the end shows only against them.`,
        );
      }),
    );
  trail
    .command('list')
    .description('print the entries, one line each')
    .action(async () =>
      withStore(async (store) => {
        for await (const { n, at, by, action, about, count } of auditTrail(store)) {
          console.log([n, new Date(at).toISOString(), by, action, about, count ?? ''].join('\t'));
        }
      }),
    );
}

function objectId(typed: string): PersonId {
  if (!/^[\w:.-]{8,200}$/.test(typed))
    throw new Error('--person: give the Entra object id, for example from the user page in Entra');
  return typed as PersonId;
}
