// The helpdesk where others read along: what it answers in a channel, a group chat and a chat it is no part of, and what only alone.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channels, latest, openTown, people, type Town, type Who, words } from './town.ts';

type Json = Record<string, unknown>;
let town: Town;
const staff = channels.staff.id;
const QUESTION = 'Welke stappen zet een school bij de overstap naar een nachtegaalklas?';
beforeAll(async () => {
  town = await openTown();
  await town.teams.say(people.gent, QUESTION);
});
afterAll(() => town.close());

const byBot = (place: string) => town.teams.posts(place).filter(({ from }) => from === town.connector.bot.id);
/** What everybody in a channel reads after somebody wrote there. */
async function said(who: Who, text: string, place: string = staff): Promise<string> {
  const before = byBot(place).length;
  await town.teams.say(people[who], text, place);
  const answer = await town.eventually(() => byBot(place)[before]);
  return words(answer);
}
/** The same in a group chat, which has no team and no channel. */
async function saidInGroup(who: Who, text: string): Promise<string> {
  const before = byBot(staff).length;
  const { id, name, aadObjectId, tenantId } = people[who];
  const { status } = await town.teams.deliver({
    type: 'message',
    id: `f:${Math.random()}`,
    timestamp: new Date().toISOString(),
    channelId: 'msteams',
    serviceUrl: town.connectorUrl,
    from: { id, name, aadObjectId },
    recipient: { id: town.connector.bot.id, name: 'Helpdesk' },
    text: `<at>Helpdesk</at> ${text}`,
    entities: [{ type: 'mention', text: '<at>Helpdesk</at>', mentioned: { id: town.connector.bot.id } }],
    conversation: { id: staff, isGroup: true, conversationType: 'groupChat', tenantId },
    channelData: { tenant: { id: tenantId } },
  });
  expect(status).toBe(200);
  return words(await town.eventually(() => byBot(staff)[before]));
}

const ALONE = 'Typ dit in je eigen chat met de helpdesk, niet in een kanaal of groep.';

describe.each([
  ['a channel', said, 'Hoe lang bewaren we een dossier na uitschrijving?'],
  ['a group chat', saidInGroup, 'Mag een ouder het dossier van zijn kind van 9 inkijken?'],
] as const)('in %s', (_, speak, question) => {
  it('answers a question with its source, for everybody to read', async () => {
    expect(await speak('gent', question)).toMatch(/(Heeft dit geholpen|Misschien bedoel je)/);
  });

  it('keeps and repeats no personal data before the sender chose', async () => {
    const answer = await speak('gent', 'Mag ik de mama van Jonas Peeters bellen op 0470 12 34 56?');
    expect(answer).toContain('Verstuur zonder deze gegevens');
    await town.teams.say(people.gent, 'mijn vragen');
    expect(words(latest(town.teams.chat(people.gent)))).not.toContain('de mama van');
  });

  it.each([
    ['gent', 'mijn gegevens'],
    ['gent', 'mijn gegevens als json'],
    ['gent', 'wis mijn gegevens'],
    ['gent', 'mijn vragen'],
    ['dossier', 'open vragen'],
    ['dossier', 'registreer'],
    ['dossier', 'mijn week'],
    ['dossier', 'kennisbank'],
    ['dossier', 'tel gent dossier 10m hoe lang bewaren we het dossier?'],
    ['quality', 'statistiek'],
    ['quality', 'terugkerende vragen'],
    ['quality', 'HD-2026-0001'],
  ] as const)('does not answer %s on "%s": that is for a chat of one’s own', async (who, text) => {
    const answer = await speak(who, text);
    expect(answer).toBe(ALONE);
    expect(answer).not.toContain('nachtegaalklas');
  });

  it('explains itself to anybody', async () => {
    expect(await speak('stranger', 'help')).toContain('mijn vragen');
  });
});

describe('in the channel of the advisors', () => {
  it('answers what belongs to their work, and nothing of one person', async () => {
    expect(await said('dossier', 'open vragen', channels.poc.id)).toContain('Open vragen');
    expect(await said('dossier', 'mijn gegevens', channels.poc.id)).toBe(ALONE);
  });

  it('shows figures as all of them may see them, also when the quality team asks', async () => {
    await town.teams.say(people.quality, 'statistiek');
    const alone = words(latest(town.teams.chat(people.quality)));
    const together = await said('quality', 'statistiek', channels.poc.id);
    // Two questions of one requester: too few to show to others.
    expect(alone).not.toContain('minder dan 5 vragers');
    expect(together).toContain('minder dan 5 vragers');
    expect(alone).not.toContain('Cijfers van de dienst');
    expect(together).toContain('Cijfers van de dienst POC+. Die van alle diensten ziet het kwaliteitsteam.');
    expect(await said('quality', 'terugkerende vragen', channels.pbd.id)).toContain('Cijfers van de dienst PBD-GO!.');
  });

  it('shows no question and no figure of another service, whatever somebody of both may see alone', async () => {
    // Advises both services.
    const who = 'admin';
    await town.teams.say(people.wiskunde, 'tel wiskunde 10m welke leerlijn breuken is er voor de uilenklas?');
    const [number] = /HD-\d{4}-\d{4}/.exec(words(latest(town.teams.chat(people.wiskunde))))!;
    const OTHER = 'In dit kanaal toon ik enkel vragen van deze dienst.';
    expect(await said(who, number, channels.pbd.id)).toContain('uilenklas');
    const refused = await said(who, number, channels.poc.id);
    expect(refused).toContain(OTHER);
    expect(refused).not.toContain('uilenklas');
    expect(await said(who, 'HD-2026-9999', channels.poc.id)).toBe(refused);
    await town.teams.say(people[who], number);
    expect(words(latest(town.teams.chat(people[who])))).toContain('uilenklas');
    await town.teams.say(people[who], 'statistiek');
    expect(words(latest(town.teams.chat(people[who])))).toContain('Cijfers van de diensten POC+ en PBD-GO!.');
    expect(await said(who, 'statistiek', channels.poc.id)).toContain('Cijfers van de dienst POC+.');
  });

  it.each(['mijn week', 'kennisbank'])('leaves "%s" to a chat of one’s own: it is about one person', async (text) => {
    expect(await said('dossier', text, channels.poc.id)).toBe(ALONE);
  });

  it('gives no question and no figure in the channel of the quality team, whose members may have no other role', async () => {
    await town.teams.say(people.admin, 'kwaliteitskanaal', staff);
    for (const text of ['statistiek', 'terugkerende vragen', 'open vragen', 'HD-2026-0001'])
      expect([text, await said('quality', text)]).toEqual([text, ALONE]);
  });
});

describe('a button on an answer in a channel', () => {
  const buttons = (card: unknown): Json[] =>
    Array.isArray(card)
      ? card.flatMap(buttons)
      : typeof card === 'object' && card !== null
        ? [
            ...('type' in card && String(card.type).startsWith('Action.') ? [card as Json] : []),
            ...Object.values(card).flatMap(buttons),
          ]
        : [];

  it('does for somebody else what it does for nobody: nothing, and shows nothing', async () => {
    await town.teams.say(people.gent, 'Wie bewaart het dossier na een schoolverandering?', staff);
    const answer = await town.eventually(() => {
      const last = byBot(staff).at(-1);
      return last && /"pick"|"rate"/.test(JSON.stringify(last.activity)) ? last : undefined;
    });
    const before = JSON.stringify(answer.activity);
    const pressable = buttons(answer.activity);
    expect(pressable.length).toBeGreaterThan(1);
    for (const action of pressable) {
      const outcome = await town.teams.perform(people.kortrijk, answer, action as never, {});
      expect([action.title, JSON.stringify(outcome)]).toEqual([action.title, expect.stringContaining('niet')]);
    }
    expect(JSON.stringify(byBot(staff).at(-1)!.activity)).toBe(before);
    await town.teams.say(people.kortrijk, 'mijn vragen');
    expect(words(latest(town.teams.chat(people.kortrijk)))).not.toContain('schoolverandering');
  });
});

describe('somebody who is no part of the house', () => {
  /** A search or an action as the client of this person sends it from a chat without the bot. */
  const asked = async (name: string, value: Json): Promise<string> => {
    const { id, name: called, aadObjectId, tenantId } = people.stranger;
    const { status, body } = await town.teams.deliver({
      type: 'invoke',
      name,
      id: `f:${Math.random()}`,
      channelId: 'msteams',
      serviceUrl: town.connectorUrl,
      from: { id, name: called, aadObjectId },
      recipient: { id: town.connector.bot.id, name: 'Helpdesk' },
      conversation: { id: '19:someones@unq.gbl.spaces', isGroup: true, conversationType: 'groupChat', tenantId },
      channelData: { tenant: { id: tenantId } },
      value,
    });
    expect(status).toBe(200);
    return JSON.stringify(body);
  };

  it('finds what everybody finds, and is not kept for having searched', async () => {
    const found = await asked('composeExtension/query', {
      commandId: 'searchFaq',
      parameters: [{ name: 'query', value: 'dossier bewaren' }],
    });
    expect(found).toContain('"type":"result"');
    await town.teams.say(people.dossier, 'open vragen');
    expect(words(latest(town.teams.chat(people.dossier)))).not.toContain('dossier bewaren');
  });

  it('cannot register, look into a question, or get at anybody’s data', async () => {
    const press = (data: Json) => asked('composeExtension/submitAction', { commandId: 'registerMessage', data });
    expect(await press({ do: 'register-message', message: 'm', channel: 'teams', question: 'Mag dat?' })).toContain(
      'Dat kan alleen',
    );
    expect(await press({ do: 'command', command: 'my-data' })).toContain(ALONE);
    expect(await press({ do: 'view', ticket: 'x'.repeat(22) })).not.toContain('nachtegaal');
  });
});
