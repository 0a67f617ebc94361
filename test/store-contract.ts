// What every store promises, as one suite to run over each implementation. Knows the port, no database.

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Clock, Filter, Store, Stored, StoredDoc } from '../src/app/ports.ts';

/** Where the data lives. Each `open` is a new handle on the same data. */
export type Place = { open(): Promise<Store>; dispose(): Promise<void> };

/**
 * Registers the suite for one implementation. `lasting` adds the promises about closing, reopening and several handles;
 * `runs` is the number of random histories. The data may hold documents of earlier runs: every test uses names of its own.
 */
export function storeContract(
  name: string,
  makePlace: (clock: Clock) => Promise<Place>,
  { lasting, runs }: { lasting: boolean; runs: number },
): void {
  describe(`${name} keeps the promises of a store`, () => {
    let now = Date.UTC(2026, 10, 24, 9);
    let place: Place;
    let store: Store;
    /** A kind and a prefix for partitions that no other test uses. */
    let mine: string;

    beforeAll(async () => {
      place = await makePlace({ now: () => now });
      store = await place.open();
    });
    beforeEach(() => {
      mine = `k${randomUUID().slice(0, 8)}`;
      now += 60_000;
    });
    afterAll(async () => {
      store.close();
      await place.dispose();
    });

    const doc = (id: string, facets?: StoredDoc['facets'], body: unknown = { id }): StoredDoc => ({
      pk: `${mine}:${id}`,
      id,
      kind: mine,
      ...(facets && { facets }),
      body,
    });
    const create = async (made: StoredDoc, into = store) => {
      const result = await into.create(made);
      if (result.outcome !== 'created') throw new Error(`${made.id} exists`);
      return result.version;
    };
    const versionOf = (result: object | undefined) => (result && 'version' in result ? result.version : undefined);
    const read = (id: string) => store.read(`${mine}:${id}`, id);
    const ids = (docs: Stored[]) => docs.map((each) => each.doc.id);
    const pages = async (filter: Filter, limit: number) => {
      const result: Stored[][] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list(filter, { limit, ...(cursor !== undefined && { cursor }) });
        result.push(page.docs);
        cursor = page.next;
      } while (cursor !== undefined);
      return result;
    };
    const listed = async (filter: Partial<Filter>) => ids((await pages({ kind: mine, ...filter }, 100)).flat()).sort();
    /** Follows the changes to the end, and gives those of this test. */
    const follow = async (since: string, limit = 50, from = store) => {
      const docs: Stored[] = [];
      for (;;) {
        const step = await from.changes(since, limit);
        since = step.since;
        docs.push(...step.docs.filter((each) => each.doc.kind === mine));
        if (step.docs.length === 0) return { docs, since };
      }
    };

    describe('writing', () => {
      test('what was created can be read, with its version and the time of the write', async () => {
        const full = doc(
          'one',
          { status: 'open', owner: 'p-1', service: 's-1', due: now + 5 },
          { text: 'Hoe?', n: [1] },
        );
        const version = await create(full);
        expect(await read('one')).toEqual({ doc: full, version, changedAt: now });
        expect(await read('two')).toBeUndefined();
      });

      test('a second create of the same document leaves the first alone', async () => {
        await create(doc('one', {}, 'first'));
        expect(await store.create(doc('one', {}, 'second'))).toEqual({ outcome: 'exists' });
        expect((await read('one'))?.doc.body).toBe('first');
      });

      test('the same id in another partition is another document', async () => {
        await create({ ...doc('one'), pk: `${mine}:a`, body: 'a' });
        await create({ ...doc('one'), pk: `${mine}:b`, body: 'b' });
        expect((await store.read(`${mine}:a`, 'one'))?.doc.body).toBe('a');
        expect((await store.read(`${mine}:b`, 'one'))?.doc.body).toBe('b');
      });

      test('of twenty racing creates exactly one wins', async () => {
        const results = await Promise.all(Array.from({ length: 20 }, (_, n) => store.create(doc('one', {}, n))));
        const winner = results.findIndex((result) => result.outcome === 'created');
        expect(results.filter((result) => result.outcome === 'created')).toHaveLength(1);
        expect((await read('one'))?.doc.body).toBe(winner);
      });

      test('a replace needs the version that was read last', async () => {
        const first = await create(doc('one', {}, 1));
        now += 1;
        const second = await store.replace(doc('one', {}, 2), first);
        expect(second).toEqual({ outcome: 'saved', version: expect.any(String) });
        for (const wrong of [first, '', '0', 'nonsense']) {
          expect(await store.replace(doc('one', {}, 3), wrong)).toEqual({ outcome: 'stale' });
        }
        expect(await read('one')).toMatchObject({ doc: { body: 2 }, changedAt: now, version: versionOf(second) });
      });

      test('a replace of what is not there says so', async () => {
        const version = await create(doc('one'));
        expect(await store.replace(doc('two'), version)).toEqual({ outcome: 'missing' });
        expect(await read('two')).toBeUndefined();
      });

      test('of twenty racing replaces exactly one wins', async () => {
        const version = await create(doc('one'));
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, n) => store.replace(doc('one', {}, n), version)),
        );
        const winner = results.findIndex((result) => result.outcome === 'saved');
        expect(results.map((result) => result.outcome).sort()).toEqual(['saved', ...Array(19).fill('stale')]);
        expect(await read('one')).toMatchObject({ doc: { body: winner }, version: versionOf(results[winner]) });
      });

      test('a version from before an erase does not fit the document made after it', async () => {
        const version = await create(doc('one', {}, 'before'));
        await store.erase(`${mine}:one`);
        await create(doc('one', {}, 'after'));
        expect(await store.replace(doc('one', {}, 'late'), version)).toEqual({ outcome: 'stale' });
        expect((await read('one'))?.doc.body).toBe('after');
      });

      test('what the caller does to a document afterwards does not reach the store', async () => {
        const body = { text: 'before' };
        await create(doc('one', {}, body));
        body.text = 'after';
        expect((await read('one'))?.doc.body).toEqual({ text: 'before' });
      });
    });

    describe('what a document may hold', () => {
      test.each([
        ['quotes and markup', `'; DROP TABLE documents; -- "\\" <b> \${x} %s`],
        ['many scripts', 'één 漢字 שלום 👩🏽‍🏫 e\u0301 \u2028 \ufeff'],
        ['control characters', 'a\u0000b\u0001\n\r\t\u007f'],
        ['half a surrogate pair', 'cut \ud83d'],
        ['values that are false', [null, false, 0, '', [], {}]],
        ['names that mean something elsewhere', { _etag: 1, id: 2, pk: 3, __proto__x: 4, 'a.b': 5, '': 6, $type: 7 }],
        ['null alone', null],
      ])('%s', async (_, body) => {
        await create(doc('one', {}, body));
        expect((await read('one'))?.doc.body).toEqual(body);
      });

      test('keys and facets of any readable text', async () => {
        const awkward = [
          `a/b\\c?d#e%f&g=h`,
          `"q" 'r' ;--`,
          'é漢👍',
          '.',
          '..',
          ' ends with a space ',
          '~2F',
          '%2F',
          '/',
        ];
        for (const id of awkward) {
          await create({
            pk: `${mine}:${id}`,
            id,
            kind: mine,
            facets: { status: id, owner: id, service: id },
            body: id,
          });
        }
        for (const id of awkward) {
          expect((await read(id))?.doc).toMatchObject({ pk: `${mine}:${id}`, id, body: id });
          expect(await listed({ status: id, owner: id, service: id })).toEqual([id]);
        }
        expect(await listed({})).toEqual([...awkward].sort());
      });

      test.each([
        ['an empty id', { id: '' }],
        ['an empty partition', { pk: '' }],
        ['half a surrogate pair in a key', { id: 'a\ud83d' }],
        ['U+0000 in a facet', { facets: { owner: 'a\u0000b' } }],
        ['a due moment that is no moment', { facets: { due: Number.NaN } }],
        ['an endless key', { id: 'x'.repeat(1_001) }],
        ['no body at all', { body: undefined }],
      ])('%s is refused', async (_, wrong) => {
        const version = await create(doc('one'));
        await expect(store.create({ ...doc('two'), ...wrong })).rejects.toThrow(RangeError);
        await expect(store.replace({ ...doc('one'), ...wrong }, version)).rejects.toThrow(RangeError);
        expect(await listed({})).toEqual(['one']);
      });

      test('a document of 1.4 MB fits and one of 1.6 MB is refused, leaving what was there', async () => {
        const version = await create(doc('one', {}, 'x'.repeat(1_400_000)));
        await expect(store.create(doc('two', {}, 'x'.repeat(1_600_000)))).rejects.toThrow(RangeError);
        await expect(store.replace(doc('one', {}, 'é'.repeat(800_000)), version)).rejects.toThrow(RangeError);
        expect(await read('two')).toBeUndefined();
        expect((await read('one'))?.doc.body).toHaveLength(1_400_000);
      });
    });

    describe('lists', () => {
      test('filter on kind, status, owner, service and any mix of them', async () => {
        await create(doc('a', { status: 'open', owner: 'p', service: 's' }));
        await create(doc('b', { status: 'open', owner: 'q', service: 's', due: now }));
        await create(doc('c', { status: 'closed', owner: 'p', service: 't', due: now - 1 }));
        await create(doc('d'));
        await create({ ...doc('e', { status: 'open', owner: 'p' }), kind: `${mine}-other` });
        expect(await listed({})).toEqual(['a', 'b', 'c', 'd']);
        expect(await listed({ status: 'open' })).toEqual(['a', 'b']);
        expect(await listed({ owner: 'p' })).toEqual(['a', 'c']);
        expect(await listed({ service: 's', status: 'open', owner: 'q' })).toEqual(['b']);
        expect(await listed({ service: 't', status: 'open' })).toEqual([]);
        expect(await listed({ dueBefore: now })).toEqual(['c']);
        expect(await listed({ dueBefore: now + 1, status: 'open', service: 's' })).toEqual(['b']);
      });

      test('the oldest change comes first', async () => {
        const version = await create(doc('a'));
        for (const id of ['b', 'c']) {
          now += 1;
          await create(doc(id));
        }
        now += 1;
        await store.replace(doc('a'), version);
        expect(ids((await store.list({ kind: mine })).docs)).toEqual(['b', 'c', 'a']);
      });

      test.each([1, 3, 4, 6, 12, 13])('pages of %i show documents with equal times once each', async (limit) => {
        const all = Array.from({ length: 12 }, (_, n) => `d${n}`).sort();
        for (const id of all) await create(doc(id, { due: now }));
        for (const filter of [{ kind: mine }, { kind: mine, dueBefore: now + 1 }]) {
          const found = await pages(filter, limit);
          expect(ids(found.flat()).sort()).toEqual(all);
          expect(found).toHaveLength(Math.ceil(12 / limit));
        }
      });

      test('with a due moment the most overdue comes first', async () => {
        for (const [id, due] of Object.entries({ a: 30, b: -10, c: 20, d: -10, e: 40 })) await create(doc(id, { due }));
        const found = (await pages({ kind: mine, dueBefore: 40 }, 2)).flat();
        expect(found.map((each) => each.doc.facets?.due)).toEqual([-10, -10, 20, 30]);
      });

      test('documents that change while somebody pages are missed by nobody', async () => {
        for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
          now += 1;
          await create(doc(id, { due: now }));
        }
        const first = await store.list({ kind: mine }, { limit: 2 });
        const overdue = await store.list({ kind: mine, dueBefore: now + 1 }, { limit: 2 });
        now += 1;
        const [a, e] = [await read('a'), await read('e')];
        await store.replace(doc('a', { due: now }), a?.version ?? '');
        await store.replace(doc('e', { due: now }), e?.version ?? '');
        await store.erase(`${mine}:b`);
        const rest = await store.list({ kind: mine }, { cursor: first.next ?? '' });
        expect(ids(rest.docs)).toEqual(expect.arrayContaining(['c', 'd', 'e', 'f']));
        const due = await store.list({ kind: mine, dueBefore: now + 1 }, { cursor: overdue.next ?? '' });
        expect(ids(due.docs)).toEqual(expect.arrayContaining(['c', 'd', 'e', 'f']));
      });

      test('a facet that a replace leaves out is gone from its list', async () => {
        const version = await create(doc('one', { status: 'open', owner: 'p', service: 's', due: now }));
        await store.replace(doc('one', { owner: 'p' }), version);
        expect((await read('one'))?.doc.facets).toEqual({ owner: 'p' });
        for (const gone of [{ status: 'open' }, { service: 's' }, { dueBefore: now + 1 }]) {
          expect(await listed(gone)).toEqual([]);
        }
        expect(await listed({ owner: 'p' })).toEqual(['one']);
      });

      test('a cursor of something else and an empty page size are refused', async () => {
        await expect(store.list({ kind: mine }, { cursor: 'page two' })).rejects.toThrow(RangeError);
        await expect(store.list({ kind: mine, dueBefore: now }, { cursor: 'page two' })).rejects.toThrow(RangeError);
        await expect(store.list({ kind: mine }, { limit: 0 })).rejects.toThrow(RangeError);
        await expect(store.changes('yesterday', 10)).rejects.toThrow(RangeError);
        await expect(store.changes('', 0)).rejects.toThrow(RangeError);
      });
    });

    describe('changes', () => {
      test('come oldest first, whatever the page, with equal times too', async () => {
        const { since } = await follow('');
        for (const [n, id] of ['a', 'b', 'c', 'd', 'e', 'f', 'g'].entries()) {
          if (n % 3 === 0) now += 1;
          await create(doc(id));
        }
        for (const limit of [1, 2, 50]) {
          const { docs } = await follow(since, limit);
          expect(new Set(ids(docs))).toEqual(new Set(['a', 'b', 'c', 'd', 'e', 'f', 'g']));
          expect(docs.map((each) => each.changedAt)).toEqual(docs.map((each) => each.changedAt).sort((a, b) => a - b));
        }
      });

      test('a follower that goes on where it was sees what happened since, also at the same moment', async () => {
        const version = await create(doc('a', {}, 1));
        const start = await follow('');
        expect(ids(start.docs)).toContain('a');
        await create(doc('b'));
        await store.replace(doc('a', {}, 2), version);
        const next = await follow(start.since);
        expect(ids(next.docs)).toEqual(expect.arrayContaining(['a', 'b']));
        expect(next.docs.findLast((each) => each.doc.id === 'a')?.doc.body).toBe(2);
        expect((await store.changes(next.since, 10)).docs).toEqual([]);
      });

      test('a follower that lost its place starts again and sees every document', async () => {
        for (const id of ['a', 'b', 'c']) await create(doc(id));
        for (let again = 0; again < 2; again++) {
          expect(new Set(ids((await follow('')).docs))).toEqual(new Set(['a', 'b', 'c']));
        }
      });

      test('a write after an erase is never behind a follower', async () => {
        await create(doc('a'));
        const { since } = await follow('');
        await store.erase(`${mine}:a`);
        await create(doc('b'));
        expect(ids((await follow(since)).docs)).toContain('b');
      });
    });

    describe('erasing', () => {
      test('takes a whole partition and nothing else', async () => {
        const together = ['a', 'b', 'c'].map((id) => ({
          ...doc(id, { owner: 'p', due: now }),
          pk: `${mine}:together`,
        }));
        for (const each of together) await create(each);
        await create(doc('alone', { owner: 'p' }));
        await store.erase(`${mine}:together`);
        for (const each of together) expect(await store.read(each.pk, each.id)).toBeUndefined();
        expect(await listed({ owner: 'p' })).toEqual(['alone']);
        expect(ids((await follow('')).docs)).not.toContain('b');
        await store.erase(`${mine}:together`);
        expect(await store.create(together[0] as StoredDoc)).toMatchObject({ outcome: 'created' });
      });
    });

    test('a healthy store says so, and leaves nothing in lists or changes', async () => {
      const { since } = await follow('');
      await store.health();
      await store.health();
      expect((await store.changes(since, 10)).docs).toEqual([]);
    });

    if (lasting) {
      describe('closing and sharing', () => {
        test('what was written is there after closing and opening again', async () => {
          const earlier = await place.open();
          const version = await create(doc('one', { status: 'open' }, 'kept'), earlier);
          const { since } = await follow('', 50, earlier);
          earlier.close();
          const later = await place.open();
          expect(await later.read(`${mine}:one`, 'one')).toMatchObject({ doc: { body: 'kept' }, version });
          expect(await later.replace(doc('one', {}, 'again'), version)).toMatchObject({ outcome: 'saved' });
          expect(ids((await follow(since, 50, later)).docs)).toEqual(['one']);
          later.close();
        });

        test('two handles see each other, and of racing writes one wins', async () => {
          const other = await place.open();
          const version = await create(doc('one'), other);
          expect((await read('one'))?.version).toBe(version);
          const results = await Promise.all(
            [store, other, store, other].map((each, n) => each.replace(doc('one', {}, n), version)),
          );
          expect(results.map((result) => result.outcome).sort()).toEqual(['saved', 'stale', 'stale', 'stale']);
          other.close();
        });
      });
    }

    test('random histories end as in a store that is a list', { timeout: 120_000 }, async () => {
      const facet = fc.option(fc.constantFrom('x', 'y'), { nil: undefined });
      const step = fc.record({
        verb: fc.constantFrom('create', 'create', 'replace', 'replace', 'replace', 'erase', 'follow'),
        pk: fc.constantFrom('p', 'q'),
        id: fc.constantFrom('1', '2', '3'),
        facets: fc.record({
          status: facet,
          owner: facet,
          due: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
        }),
        body: fc.jsonValue({ maxDepth: 2 }),
        stale: fc.boolean(),
        later: fc.integer({ min: 0, max: 2 }),
      });
      const history = async (steps: Parameters<typeof play>[0][]) => {
        mine = `k${randomUUID().slice(0, 8)}`;
        const model: Model = { docs: new Map(), versions: [], seen: new Map(), since: (await follow('')).since };
        for (const each of steps) await play(each, model);
        await compare(model);
      };
      type Model = { docs: Map<string, Stored>; versions: string[]; seen: Map<string, string>; since: string };
      const play = async (each: typeof step extends fc.Arbitrary<infer T> ? T : never, model: Model) => {
        now += each.later;
        const facets = JSON.parse(JSON.stringify(each.facets));
        const made: StoredDoc = {
          pk: `${mine}:${each.pk}`,
          id: each.id,
          kind: mine,
          body: JSON.parse(JSON.stringify(each.body)),
        };
        if (Object.keys(facets).length > 0) made.facets = facets;
        const key = `${made.pk}/${made.id}`;
        const current = model.docs.get(key);
        const written = (version: string) => {
          expect(model.versions).not.toContain(version);
          model.versions.push(version);
          model.docs.set(key, { doc: made, version, changedAt: now });
        };
        if (each.verb === 'create') {
          const result = await store.create(made);
          expect(result.outcome).toBe(current ? 'exists' : 'created');
          if (result.outcome === 'created') written(result.version);
        } else if (each.verb === 'replace') {
          const old = model.versions.find((version) => version !== current?.version) ?? current?.version ?? '0';
          const version = each.stale ? old : (current?.version ?? old);
          const result = await store.replace(made, version);
          expect(result.outcome).toBe(!current ? 'missing' : version === current.version ? 'saved' : 'stale');
          if (result.outcome === 'saved') written(result.version);
        } else if (each.verb === 'erase') {
          await store.erase(made.pk);
          for (const [other, { doc }] of model.docs) if (doc.pk === made.pk) model.docs.delete(other);
        } else {
          await catchUp(model);
        }
      };
      const catchUp = async (model: Model) => {
        const { docs, since } = await follow(model.since, 2);
        model.since = since;
        for (const { doc, version } of docs) model.seen.set(`${doc.pk}/${doc.id}`, version);
      };
      const byKey = (docs: Iterable<Stored>) =>
        [...docs].sort((a, b) => (`${a.doc.pk}/${a.doc.id}` < `${b.doc.pk}/${b.doc.id}` ? -1 : 1));
      const compare = async (model: Model) => {
        for (const filter of [{}, { status: 'x' }, { owner: 'y' }, { status: 'y', owner: 'x' }, { dueBefore: 2 }]) {
          const wanted = [...model.docs.values()].filter(({ doc: { facets } }) =>
            Object.entries(filter).every(([name, value]) =>
              name === 'dueBefore' ? (facets?.due ?? 9) < Number(value) : facets?.[name as 'status'] === value,
            ),
          );
          const found = (await pages({ kind: mine, ...filter }, 2)).flat();
          expect(byKey(found)).toEqual(byKey(wanted));
          const order = found.map((each) => ('dueBefore' in filter ? (each.doc.facets?.due ?? 9) : each.changedAt));
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }
        await catchUp(model);
        for (const [key, { version }] of model.docs) expect(model.seen.get(key)).toBe(version);
      };
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), history), { numRuns: runs });
    });
  });
}
