// Refusals of what somebody typed or pressed that say whom to ask. Knows who was appointed, and gives no address away.

import { escapeMarkdown } from '../cards/text.ts';
import type { PersonId } from '../domain/terms.ts';
import { locale } from '../locale/locale.ts';
import { personByEmail, readPerson } from './people.ts';
import type { App } from './questions/tickets.ts';

const MOST_NAMED = 3;

/** `sentence` says what only an administrator can do. */
export const onlyAdministrators = async (app: App, sentence: string): Promise<string> =>
  `${sentence} ${locale.fault.ask(await administratorsKnown(app))}`;

/** For who is not of those who may; `sentence` says who these are, and without it advisors and the quality team. */
export const onlyStaff = async (app: App, sentence: string = locale.fault.notAllowed): Promise<string> =>
  `${sentence} ${locale.fault.belong} ${locale.fault.ask(await administratorsKnown(app))}`;

/** The first few administrators whom the helpdesk has met, by name. */
async function administratorsKnown(app: App): Promise<string[]> {
  const names = new Set<string>();
  for (const appointed of app.appointed.administrators) {
    if (names.size === MOST_NAMED) break;
    const found = appointed.includes('@')
      ? await personByEmail(app, appointed)
      : await readPerson(app, appointed as PersonId);
    if (found) names.add(escapeMarkdown(found.name));
  }
  return [...names];
}
