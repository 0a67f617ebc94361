// The Teams package: it keeps the rules, each rule is seen to bite, and what it promises is what the helpdesk does.

import { readFile } from 'node:fs/promises';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../src/app/commands.ts';
import { locale } from '../src/locale/locale.ts';
import { PackageError, packageOf, partsOf } from '../src/package.ts';
import { type Parts, problemsIn } from '../src/package-rules.ts';
import { processorMsOf } from './processor.ts';
import { latest, openTown, people, type Town, words } from './town.ts';

const names = { host: 'helpdesk.example.be', clientId: '11111111-2222-4333-8444-555555555555' };
const manifestOf = (parts: Parts) => JSON.parse(Buffer.from(parts['manifest.json']!).toString('utf8'));
const fine = manifestOf(partsOf(names));

type Change = (manifest: typeof fine) => unknown;
function planted(change: Change, name = 'manifest.json'): string {
  const parts = { ...partsOf(names) };
  const content = JSON.parse(Buffer.from(parts[name]!).toString('utf8'));
  change(content);
  parts[name] = Buffer.from(JSON.stringify(content));
  return problemsIn(parts).join('\n');
}
function drawn(size: number, pixel: [number, number, number, number]): Uint8Array {
  const png = new PNG({ width: size, height: size });
  for (let at = 0; at < size * size; at++) png.data.set(pixel, at * 4);
  return PNG.sync.write(png);
}

describe('the package', () => {
  it('keeps the schema and the rules, and is the same bytes each time', () => {
    expect(problemsIn(partsOf(names))).toEqual([]);
    expect(Buffer.compare(packageOf(names), packageOf({ ...names }))).toBe(0);
  });

  it('names the host, the bot and the registration of the tab', () => {
    const tabClientId = '99999999-2222-4333-8444-555555555555';
    const { id, bots, webApplicationInfo, validDomains } = manifestOf(
      partsOf({ ...names, host: ' Helpdesk.Example.BE ', tabClientId }),
    );
    expect([id, bots[0].botId, validDomains]).toEqual([names.clientId, names.clientId, ['helpdesk.example.be']]);
    expect(webApplicationInfo).toEqual({ id: tabClientId, resource: `api://helpdesk.example.be/${tabClientId}` });
  });

  it('asks for no right in a team, a chat or the directory', () => {
    expect(fine.authorization).toBeUndefined();
    expect(fine.devicePermissions).toBeUndefined();
    expect(JSON.stringify(fine)).not.toMatch(/resourceSpecific|\.Read|\.ReadWrite/);
  });

  it.each([
    ['an address', 'https://helpdesk.example.be', /is no host name: give --host without/],
    ['a port', 'helpdesk.example.be:3978', /is no host name/],
    ['a tunnel', 'abc.devtunnels.ms', /is a tunnel/],
    ['a number', '127.0.0.1', /is no host name/],
  ])('is not made for %s instead of a host', (_, host, says) => {
    expect(() => packageOf({ ...names, host })).toThrow(says);
  });

  it('is not made for an id that is none', () => {
    expect(() => packageOf({ ...names, clientId: 'bot' })).toThrow(PackageError);
  });

  it.each<[string, Change, RegExp]>([
    [
      'a property that the schema does not know',
      (m) => {
        m.nonsense = 1;
      },
      /must NOT have additional properties/,
    ],
    [
      'a name that is too long',
      (m) => {
        m.name.short = 'x'.repeat(31);
      },
      /\/name\/short must NOT have more than 30/,
    ],
    [
      'a version of the schema that is not here',
      (m) => {
        m.$schema = m.$schema.replace('1.25', '9.9');
      },
      /no schema for/,
    ],
    [
      'a slot that was not filled',
      (m) => {
        m.name.full = '$' + '{{SUFFIX}}';
      },
      /still says \$\{\{SUFFIX\}\}/,
    ],
    [
      'privacy on another host',
      (m) => {
        m.developer.privacyUrl = 'https://elsewhere.example/privacy';
      },
      /must be on the host/,
    ],
    [
      'a page without https',
      (m) => {
        m.staticTabs[1].contentUrl = 'http://helpdesk.example.be/dashboard';
      },
      /is not https/,
    ],
    [
      'a wildcard domain',
      (m) => {
        m.validDomains = ['*.example.be'];
      },
      /is no host name/,
    ],
    [
      'a second domain',
      (m) => {
        m.validDomains.push('other.example.be');
      },
      /and no other/,
    ],
    [
      'a sign-in resource of another',
      (m) => {
        m.webApplicationInfo.resource = 'api://x/y';
      },
      /must be api:\/\/helpdesk/,
    ],
    [
      'a name of Microsoft',
      (m) => {
        m.name.short = 'Teams helpdesk';
      },
      /leave out Teams/,
    ],
    [
      'a name that is not finished',
      (m) => {
        m.name.full = 'Helpdesk (test)';
      },
      /not finished/,
    ],
    [
      'two descriptions that are one',
      (m) => {
        m.description.full = m.description.short;
      },
      /must say more/,
    ],
    [
      'a description without help',
      (m) => {
        m.description.full = 'Vraag maar.';
      },
      /how to get help/,
    ],
    [
      'a scope without help',
      (m) => {
        m.bots[0].commandLists[2].commands[0].title = 'hulp';
      },
      /groupChat lack "help"/,
    ],
    [
      'a command too long to show',
      (m) => {
        m.bots[0].commandLists[0].commands[1].title = 'x'.repeat(33);
      },
      /32 characters/,
    ],
    [
      'a right in a team',
      (m) => {
        m.authorization = {
          permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] },
        };
      },
      /resource-specific/,
    ],
    [
      'an extension of another bot',
      (m) => {
        m.composeExtensions[0].botId = '99999999-2222-4333-8444-555555555555';
      },
      /same botId/,
    ],
    [
      'a file in a folder',
      (m) => {
        m.icons.color = 'icons/color.png';
      },
      /top of the zip/,
    ],
    [
      'a text without a translation',
      (m) => {
        m.bots[0].commandLists[0].commands.push({ title: 'a', description: 'b' });
      },
      /en-us\.json lacks "bots\[0\]/,
    ],
  ])('is refused with %s', (_, change, says) => {
    expect(planted(change)).toMatch(says);
  });

  it.each<[string, Change, RegExp]>([
    [
      'a text for what is not there',
      (texts) => {
        texts['staticTabs[7].name'] = 'x';
      },
      /which is not there: remove/,
    ],
    [
      'a text that is too long',
      (texts) => {
        texts['name.short'] = 'x'.repeat(31);
      },
      /en-us\.json \/name\.short must NOT/,
    ],
  ])('is refused with a translation with %s', (_, change, says) => {
    expect(planted(change, 'en-us.json')).toMatch(says);
  });

  it.each<[string, string, Uint8Array, RegExp]>([
    ['of another size', 'color.png', drawn(96, [0, 0, 0, 255]), /must be 192 x 192/],
    ['with a hole', 'color.png', drawn(192, [0, 0, 0, 10]), /must fill its square/],
    ['in colour', 'outline.png', drawn(32, [90, 90, 200, 255]), /must be white only/],
    ['without a ground', 'outline.png', drawn(32, [255, 255, 255, 255]), /transparent ground/],
    ['that is none', 'outline.png', Buffer.from('picture'), /missing or no PNG/],
  ])('is refused with an icon %s', (_, name, bytes, says) => {
    expect(problemsIn({ ...partsOf(names), [name]: bytes }).join('\n')).toMatch(says);
  });

  it('is refused with a file too many, or without its manifest', () => {
    expect(problemsIn({ ...partsOf(names), 'notes.txt': Buffer.from('x') })).toEqual([
      'notes.txt is named nowhere in the manifest: leave it out',
    ]);
    expect(problemsIn({})).toEqual([expect.stringContaining('manifest.json is missing')]);
  });
});

describe('what the package promises', () => {
  let town: Town;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town.close());

  const paths = [fine.developer.websiteUrl, fine.developer.privacyUrl, fine.developer.termsOfUseUrl].map(
    (address: string) => new URL(address).pathname,
  );

  it('has commands that the helpdesk knows', () => {
    const typed = fine.bots[0].commandLists.flatMap((list: { commands: { title: string }[] }) => list.commands);
    const kinds = typed.map(({ title }: { title: string }) => parseCommand(title).kind);
    expect(kinds.length).toBeGreaterThan(12);
    expect(kinds).not.toContain('question');
    expect(kinds).not.toContain('empty');
  });

  it('has the extensions that were recorded, under the names that people read', async () => {
    const recorded = await readFile('test/fixtures/message-extension.json', 'utf8');
    const { commands } = fine.composeExtensions[0];
    for (const { id } of commands) expect(recorded).toContain(`"commandId": "${id}"`);
    expect(commands[1].title).toBe(locale.onMessage.title);
  });

  it.each(paths)('shows %s to anybody, without signing in', async (path) => {
    const page = await fetch(`${town.url}${path}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('lang="nl-BE"');
    expect(html).not.toMatch(/<script|undefined|\[object/);
  });

  it('says in its privacy page how long texts are kept', async () => {
    expect(await (await fetch(`${town.url}/privacy`)).text()).toContain('60 dagen na het einde van het schooljaar');
  });

  it('greets whoever adds it, and answers help within two seconds', async () => {
    const took = await processorMsOf(async () => {
      await town.teams.install(people.stranger);
      expect(words(latest(town.teams.chat(people.stranger)))).toContain(locale.welcome.what);
      await town.teams.say(people.stranger, 'help');
      expect(words(latest(town.teams.chat(people.stranger)))).toContain(locale.help.title);
    });
    expect(took).toBeLessThan(2_000);
  });
});
