// The story of a question that keeps coming back: seen in the chat, decided on, registered under, and who may do what.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { brusselsDay } from '../src/domain/working-time.ts';
import { cardOf, type Message } from '../src/playground/connector.ts';
import { dialogOf, latest, openTown, people, type Town, textOf, type Who, words } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
  await town.teams.say(people.gent, 'Wie heeft recht op leerlingenvervoer naar het buitengewoon onderwijs?');
  await town.teams.say(people.kortrijk, 'recht op leerlingenvervoer buitengewoon onderwijs, wie beslist?');
  await town.teams.say(people.school, 'leerlingenvervoer buitengewoon onderwijs: wie heeft er recht op?');
  await list('quality', '3 vragen');
});
afterAll(() => town.close());

async function say(who: Who, text: string): Promise<Message> {
  await town.teams.say(people[who], text);
  return latest(town.teams.chat(people[who]));
}
/** What the list says once everything was read; the first time it may still be reading. */
async function list(who: Who, says: string): Promise<Message> {
  for (let tries = 0; tries < 150; tries++) {
    const message = await say(who, 'terugkerende vragen');
    if (words(message).includes(says)) return message;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the list never said "${says}"`);
}
/** The action behind a row or a button of a card. */
function dataOf(card: object, what: string): Record<string, unknown> {
  const found = [...JSON.stringify(card).matchAll(/\{[^{}]*"do":"([^"]+)"[^{}]*\}/g)].find(([, name]) => name === what);
  return JSON.parse(found![0]) as Record<string, unknown>;
}
const openForm = (on: Message, topic: unknown) =>
  town.send('quality', on, { msteams: { type: 'task/fetch' }, do: 'open-decision', topic });

it('shows the quality team what keeps coming back, and its questions', async () => {
  const shown = await say('quality', 'Terugkerende vragen');
  expect(words(shown)).toContain('1 terugkerend onderwerp, waarvan 1 kennislacune');
  expect(words(shown)).toMatch(/leerlingenvervoer/i);
  expect(words(shown)).toContain('3 vragen · 3 gekende vragers');
  const opened = await town.send('quality', shown, dataOf(cardOf(shown.activity)!, 'open-topic'));
  expect(textOf(opened)).toContain('wie beslist?');
  expect(textOf(opened)).toContain('Samen door');
  expect(textOf(opened)).toContain('Beslis');
  if (opened.kind !== 'card') throw new Error('no card');
  expect(textOf(await town.send('quality', shown, dataOf(opened.card, 'open-topics')))).toContain(
    'waarvan 1 kennislacune',
  );
});

it('is no business of a requester, nor of an advisor of another service; only the quality team decides', async () => {
  const shown = await say('quality', 'terugkerende vragen');
  const { topic } = dataOf(cardOf(shown.activity)!, 'open-topic');
  expect(words(await say('gent', 'terugkerende vragen'))).toContain('Dat kan alleen een adviseur');
  expect(words(await say('wiskunde', 'terugkerende vragen'))).toContain('nog geen terugkerende vragen');
  const own = latest(town.teams.chat(people.gent));
  const other = latest(town.teams.chat(people.wiskunde));
  expect(textOf(await town.send('gent', own, { do: 'open-topics' }))).toContain('Dat kan alleen een adviseur');
  expect(textOf(await town.send('gent', own, { do: 'open-topic', topic }))).toContain('Dat kan alleen een adviseur');
  const gone = textOf(await town.send('wiskunde', other, { do: 'open-topic', topic }));
  expect(gone).toContain('Dit onderwerp is er niet meer');
  expect(textOf(await town.send('quality', shown, { do: 'open-topic', topic: 'question:bestaat-niet' }))).toBe(gone);
  const decision = { topic, key: 'k', kind: 'faq', owner: 'poc-dossier', date: '2026-11-24', status: 'done', note: '' };
  for (const who of ['gent', 'wiskunde', 'dossier', 'admin'] as const) {
    const on = await say(who, 'hallo');
    for (const data of [
      { do: 'open-decision', topic },
      { do: 'decide', ...decision },
      { do: 'undo-decision', topic, key: 'k' },
    ]) {
      expect(textOf(await town.send(who, on, data)), `${data.do} by ${who}`).toContain('alleen het kwaliteitsteam');
    }
  }
});

it('keeps a decision, says what is wrong without losing a word, and takes it back', async () => {
  const shown = await say('quality', 'kennislacunes');
  const { topic } = dataOf(cardOf(shown.activity)!, 'open-topic');
  const form = dialogOf(await openForm(shown, topic));
  expect(words(form.card)).toContain('FAQ');
  const today = brusselsDay(Date.now());
  const filled = { kind: 'helpdesksessie', owner: 'poc-dossier', date: today, status: 'under-way' };
  const refused = dialogOf(
    await form.press('Bewaar', { ...filled, note: 'Zie de vraag over leerling Jonas Peeters.' }, { validate: false }),
  );
  expect(words(refused.card)).toContain('In de nota staat mogelijk');
  expect(JSON.stringify(refused.card)).toContain('leerling Jonas Peeters');
  for (const [field, value, says] of [
    ['kind', 'niets', 'Kies wat jullie'],
    ['owner', '', 'Kies wie het trekt'],
    ['date', 'morgen', 'Kies de dag'],
    ['date', '2031-01-01', 'Kies een dag tussen'],
    ['note', 'n'.repeat(501), 'Maak de nota korter'],
  ] as const) {
    const again = dialogOf(await form.press('Bewaar', { ...filled, note: '', [field]: value }, { validate: false }));
    expect(words(again.card)).toContain(says);
  }
  expect(textOf(await form.press('Bewaar', { ...filled, note: 'Datum volgt.' }))).toContain('Bewaard: Helpdesksessie');
  // The same form once more does it once.
  await form.press('Bewaar', { ...filled, note: 'Datum volgt.' });
  const decided = await town.send('quality', shown, { do: 'open-topic', topic });
  expect(textOf(decided)).toContain('Helpdesksessie, bezig');
  expect(textOf(decided)).toContain('Beslist door Kwaliteitsteam');
  expect(textOf(decided)).toContain('Te vroeg om te vergelijken');
  const change = dialogOf(await openForm(shown, topic));
  expect(words(change.card).match(/Kwaliteitsteam: Helpdesksessie/g)).toHaveLength(1);
  const undo = await change.press(/ongedaan/);
  expect(textOf(undo)).toContain('ongedaan gemaakt');
  expect(textOf(await town.send('quality', shown, { do: 'open-topic', topic }))).not.toContain('Helpdesksessie');
  expect(textOf(await town.send('quality', shown, { do: 'undo-decision', topic, key: 'other' }))).toContain(
    'niets beslist',
  );
});

it('is among the known questions of a registration', async () => {
  const card = await say('dossier', 'registreer');
  const { topic } = dataOf(cardOf((await say('quality', 'terugkerende vragen')).activity)!, 'open-topic');
  expect(JSON.stringify(cardOf(card.activity))).toContain('(komt vaak terug)');
  const saved = await town.teams.press(people.dossier, card, 'Mail', { item: String(topic), centre: 'go-clb-gent' });
  expect(textOf(saved)).toContain('Geregistreerd');
  await list('quality', '4 vragen · 3 gekende vragers');
  const undone = await town.teams.press(people.dossier, card, 'Mail', { item: 'question:bestaat-niet' });
  expect(textOf(undone)).toContain('Die bekende vraag ken ik niet');
});

it('keeps what was decided over a restart', async () => {
  const shown = await say('quality', 'terugkerende vragen');
  const { topic } = dataOf(cardOf(shown.activity)!, 'open-topic');
  const form = dialogOf(await openForm(shown, topic));
  await form.press('Bewaar', { kind: 'faq', owner: 'poc-dossier', date: brusselsDay(Date.now()) });
  await town.restart();
  await list('quality', 'Opvolging: FAQ, gepland');
});
