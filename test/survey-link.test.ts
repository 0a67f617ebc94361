// The survey for somebody who called: a link that works once, a page for any browser, and figures that count it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf } from '../src/playground/connector.ts';
import { latest, openTown, people, type Town, textOf, ticketOn, ticketsIn, words } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

async function registered(question: string): Promise<string> {
  await town.teams.say(people.dossier, `tel gent dossier 10m ${question}`);
  return /HD-\d{4}-\d{4}/.exec(words(latest(town.teams.chat(people.dossier))))![0];
}
/** The link as the advisor reads it on the card. */
async function linkFor(question: string): Promise<string> {
  await registered(question);
  const card = latest(town.teams.chat(people.dossier));
  const made = await town.teams.press(people.dossier, card, /bevraging/i);
  return /http:\S+\/bevraging\/[\w.-]+/.exec(JSON.stringify(made))![0];
}
const post = (link: string, fields: Record<string, string>) =>
  fetch(link, { method: 'POST', body: new URLSearchParams(fields) });
const scores = { score_aansluiting: '8', score_bruikbaarheid: '7' };

describe('a link to the survey', () => {
  it('opens a page without a script, which nobody can frame, index or pass on', async () => {
    const page = await fetch(await linkFor('wie tekent dit?'));
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('<html lang="nl-BE">');
    expect(html).toContain('Het antwoord sloot aan bij wat ik wilde weten.');
    expect(html.match(/<fieldset>/g)).toHaveLength(4);
    expect(html.match(/<legend>/g)).toHaveLength(4);
    expect(html).not.toMatch(/<script|wie tekent dit|HD-\d{4}/);
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self'");
    expect([page.headers.get('referrer-policy'), page.headers.get('cache-control')]).toEqual([
      'no-referrer',
      'no-store',
    ]);
  });

  it('is filled in once, without a person, and counts as sent and answered', async () => {
    const response = async () => {
      await town.teams.say(people.quality, 'statistiek');
      return words(latest(town.teams.chat(people.quality)));
    };
    const link = await linkFor('waar ligt dat?');
    await fetch(link);
    await fetch(link);
    const filled = await post(link, { ...scores, remark: 'Dank aan de mama van Jonas Peeters' });
    expect([filled.status, await filled.text()]).toEqual([200, expect.stringContaining('Bedankt')]);
    const again = await post(link, scores);
    expect([again.status, await again.text()]).toEqual([410, expect.stringContaining('al ingevuld')]);
    expect((await fetch(link)).status).toBe(410);
    expect(await response()).toMatch(/1 van 2/);
    const kept = await ticketsIn(town);
    expect(kept).toContain('Dank aan de mama van ');
    expect(kept).not.toContain('Jonas');
  });

  it('keeps what was chosen when nothing was scored', async () => {
    const link = await linkFor('hoe lang duurt dat?');
    const empty = await post(link, { remark: 'Fijn <b>gesprek</b>' });
    const html = await empty.text();
    expect([empty.status, html]).toEqual([422, expect.stringContaining('Geef bij minstens één stelling een score')]);
    expect(html).toContain('Fijn &#60;b&#62;gesprek');
    const out = await (await post(link, { remark: '</textarea><script>alert(1)</script>"\'&' })).text();
    expect(out).toContain('&#60;/textarea&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#38;</textarea>');
    expect((await post(link, { score_aansluiting: '99' })).status).toBe(422);
    expect((await post(link, scores)).status).toBe(200);
  });

  it('that is wrong, replaced or too old is a friendly page', async () => {
    const link = await linkFor('wie leest dit?');
    const friendly = async (address: string) => {
      const page = await fetch(address);
      return [page.status, (await page.text()).includes('Deze link werkt niet (meer)')];
    };
    const flipped = link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A');
    expect(await friendly(flipped)).toEqual([410, true]);
    expect(await friendly(`${town.url}/bevraging/x`)).toEqual([410, true]);
    expect(await friendly(`${town.url}/bevraging/${'a'.repeat(22)}.${'b'.repeat(22)}`)).toEqual([410, true]);
    const number = /HD-\d{4}-\d{4}/.exec(JSON.stringify(cardOf(latest(town.teams.chat(people.dossier)).activity)))![0];
    await town.teams.say(people.dossier, number);
    const view = latest(town.teams.chat(people.dossier));
    const fresh = await town.teams.press(people.dossier, view, /bevraging/i);
    const other = /http:\S+\/bevraging\/[\w.-]+/.exec(JSON.stringify(fresh))![0];
    expect(await friendly(link)).toEqual([410, true]);
    expect((await fetch(other)).status).toBe(200);
    town.later(31 * 24);
    const old = await fetch(other);
    expect([old.status, await old.text()]).toEqual([410, expect.stringContaining('tot 30 dagen')]);
  });

  it('is for who may correct the question', async () => {
    await registered('wie mag dit?');
    const card = latest(town.teams.chat(people.dossier));
    const ticket = ticketOn(card.activity);
    await town.teams.say(people.gent, 'help');
    const own = latest(town.teams.chat(people.gent));
    const data = { do: 'survey-link', ticket };
    const outcome = await town.send('gent', own, data);
    expect(textOf(outcome)).toContain('niet voor jou bestemd');
  });

  it('cannot be tried without end', async () => {
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 70; attempt++) statuses.add((await fetch(`${town.url}/bevraging/x`)).status);
    expect([...statuses].sort()).toEqual([410, 429]);
  });
});
