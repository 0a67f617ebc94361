// Stories of the optional reranker: off nothing leaves the machine, on it orders choices in time or not at all.

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '../src/adapters/files/content.ts';
import { createReranker } from '../src/adapters/models/reranker.ts';
import { checked } from '../src/adapters/storage/records.ts';
import { openSqlite } from '../src/adapters/storage/sqlite.ts';
import { createKnowledgeBase } from '../src/app/knowledge/knowledge-base.ts';
import { reordered } from '../src/app/knowledge/rerank.ts';
import type { Turn } from '../src/app/people.ts';
import type { KnowledgeBase, Reranker } from '../src/app/ports.ts';
import { askQuestion } from '../src/app/questions/ask.ts';
import { findTickets } from '../src/app/questions/tickets.ts';
import type { PersonId } from '../src/domain/terms.ts';
import { lastSuggestion } from '../src/domain/ticket.ts';
import { deskOver, silent } from './desk.ts';

let knowledge: KnowledgeBase;
let unsure: string;
let sure: string;
const warnings: string[] = [];
const log = { ...silent, warn: (fields: object) => void warnings.push(JSON.stringify(fields)) };

beforeAll(async () => {
  const loaded = await loadContent('content');
  knowledge = await createKnowledgeBase(
    async () => loaded,
    () => {},
  );
  const asked = knowledge.content().items.flatMap(({ title }) => [title, title.split(' ').slice(-3).join(' ')]);
  const deciding = (decision: string) => asked.find((text) => knowledge.answer({ text }).decision === decision)!;
  unsure = deciding('unsure');
  sure = deciding('answer');
});
afterEach(() => {
  warnings.length = 0;
});

/** Deterministic and local: prefers what stands last in the alphabet. */
const alphabetical: Reranker = {
  rerank: async (_, candidates) => {
    const order = candidates.map(({ title }) => title).sort();
    return candidates.map(({ title }) => order.indexOf(title));
  },
};
const order = (reranker: Reranker, text: string) => reordered({ knowledge, log }, reranker, { text });
const titles = ({ items }: { items: { item: { title: string } }[] }) => items.map(({ item }) => item.title);

const ask = async (question: string, reranker?: Reranker) => {
  const clock = { now: Date.now };
  const store = checked(openSqlite(':memory:', clock), () => {});
  const app = deskOver(store, knowledge, clock, { log, ...(reranker ? { reranker } : {}) });
  const turn: Turn = {
    person: 'person-gent' as PersonId,
    userId: '29:gent',
    name: 'Vraagsteller Gent',
    place: 'personal',
    address: { conversationId: 'a', serviceUrl: 'https://connector.example' },
    sentAt: clock.now(),
  };
  await askQuestion(app, turn, question, true);
  const [ticket] = await findTickets(app, { owner: turn.person });
  store.close();
  return lastSuggestion(ticket!)!;
};

/** The sockets that this process opens while something runs. */
async function socketsDuring(task: () => Promise<unknown>): Promise<number> {
  let opened = 0;
  const count = () => void opened++;
  subscribe('net.client.socket', count);
  try {
    await task();
  } finally {
    unsubscribe('net.client.socket', count);
  }
  return opened;
}

/** A service on this machine that answers as told, and what it was sent. */
async function service(answer: RequestListener) {
  const sent: { body: string; headers: object; url: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      sent.push({ body, headers: request.headers, url: request.url ?? '' });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rerank`;
  return {
    sent,
    reranker: createReranker(url),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a reranker', () => {
  it('when it is off, no socket is opened for a question, sure or not', async () => {
    expect(await socketsDuring(() => fetch('http://127.0.0.1:59999/').catch(() => {}))).toBeGreaterThan(0);
    for (const question of [sure, unsure]) expect(await socketsDuring(() => ask(question))).toBe(0);
  });

  it('puts choices in its order, taken from the ten best, and the ticket shows them so; each time the same', async () => {
    const before = knowledge.answer({ text: unsure });
    const after = await order(alphabetical, unsure);
    const ten = knowledge.explain({ text: unsure }).ranked.map(({ item }) => item.title);
    expect(titles(after)).toEqual([...ten].sort().reverse().slice(0, 3));
    expect(titles(after)).not.toEqual(titles(before));
    expect(after).toMatchObject({ decision: 'unsure', themes: before.themes });
    expect(await order(alphabetical, unsure)).toEqual(after);
    const shown = await ask(unsure, alphabetical);
    expect(shown).toMatchObject({ decision: 'unsure', items: after.items.map(({ item }) => item.id) });
  });

  it('never makes an answer sure, and is not asked about what is', async () => {
    let asked = 0;
    const eager: Reranker = {
      rerank: async (_, candidates) => {
        asked++;
        return candidates.map((_, at) => 1_000 - at);
      },
    };
    expect((await order(eager, unsure)).decision).toBe('unsure');
    expect(asked).toBe(1);
    expect(await order(eager, sure)).toEqual(knowledge.answer({ text: sure }));
    expect(asked).toBe(1);
  });

  it.each<[string, Reranker['rerank']]>([
    ['fails', () => Promise.reject(new Error('no'))],
    [
      'throws at once',
      () => {
        throw new Error('no');
      },
    ],
    ['gives too few scores', async () => [1]],
    ['gives no numbers', async (_, candidates) => candidates.map(() => Number.NaN)],
  ])('that %s leaves the order of the index', async (_, rerank) => {
    expect(await order({ rerank }, unsure)).toEqual(knowledge.answer({ text: unsure }));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toContain(unsure);
  });

  it('that never answers is left after 400 ms', async () => {
    let aborted = false;
    const started = performance.now();
    const found = await order(
      {
        rerank: (_, __, signal) =>
          new Promise(() =>
            signal.addEventListener('abort', () => {
              aborted = true;
            }),
          ),
      },
      unsure,
    );
    expect(found).toEqual(knowledge.answer({ text: unsure }));
    expect(aborted).toBe(true);
    expect(performance.now() - started).toBeGreaterThan(390);
  });
});

describe('the service behind it', () => {
  it('gets the masked question and ids and titles, and nothing else', async () => {
    const { sent, reranker, close } = await service((_, response) =>
      response.end(
        JSON.stringify({
          scores: Array(10)
            .fill(0)
            .map((_, at) => at),
        }),
      ),
    );
    try {
      const question = `${unsure} voor leerling Jonas Vermeulen`;
      const asked = knowledge.answer({ text: question }).decision === 'unsure' ? question : unsure;
      await order(reranker, asked);
      await ask(unsure, reranker);
      expect(sent.length).toBe(2);
      for (const { body, headers } of sent) {
        expect(Object.keys(JSON.parse(body))).toEqual(['question', 'candidates']);
        for (const one of JSON.parse(body).candidates) expect(Object.keys(one)).toEqual(['id', 'title']);
        expect(JSON.stringify([body, headers])).not.toMatch(/Vermeulen|Gent|person-|29:|conversation/);
      }
    } finally {
      close();
    }
  });

  it.each<[string, RequestListener]>([
    ['an error', (_, response) => response.writeHead(500).end('{"scores":[1]}')],
    ['something that is no JSON', (_, response) => response.end('<html>')],
    ['other JSON', (_, response) => response.end('{"scores":["1"]}')],
    ['a redirect', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['far too much', (_, response) => response.end(`{"scores":[${'1,'.repeat(50_000)}1]}`)],
    ['headers and then nothing', (_, response) => void response.writeHead(200).write('{"scores"')],
  ])('that answers with %s changes nothing', async (_, answer) => {
    const { sent, reranker, close } = await service(answer);
    try {
      expect(await order(reranker, unsure)).toEqual(knowledge.answer({ text: unsure }));
      expect(sent.map(({ url }) => url)).toEqual(['/rerank']);
      expect(warnings).toHaveLength(1);
    } finally {
      close();
    }
  });
});
