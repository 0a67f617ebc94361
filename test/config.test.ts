// The settings: what they become, and that every refusal names the setting and says what to do. Knows no environment.

import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, readFolders } from '../src/config.ts';

type Settings = Record<string, string | undefined>;
const deployed: Settings = { CLIENT_ID: 'app', TENANT_ID: 'tenant', CLIENT_SECRET: 'secret' };

/** The lines that the operator reads when these settings are refused; none when they are taken. */
function refusal(settings: Settings, localByDefault = true): string[] {
  try {
    readConfig(settings, localByDefault);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message.split('\n');
  }
}

describe('without any setting', () => {
  it('npm start runs in local mode, on loopback only', () => {
    const config = readConfig({}, true);
    expect(config).toMatchObject({ port: 3978, host: '127.0.0.1', dataFolder: './data', contentFolder: './content' });
    expect(config).not.toHaveProperty('credentials');
    expect(config.appointed).toEqual({ administrators: new Set(), quality: new Set() });
  });

  it('a deployment refuses to start and names everything that is missing, and the way out', () => {
    const lines = refusal({}, false);
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'CLIENT_ID',
      'TENANT_ID',
      'CLIENT_SECRET',
      'or set HELPDESK_MODE=local to try the helpdesk on this machine without credentials',
    ]);
  });

  it('speaks Dutch, or English when told, and refuses another language by name', () => {
    expect(readConfig({}, true).language).toBe('nl');
    expect(readConfig({ HELPDESK_LANGUAGE: 'en' }, true).language).toBe('en');
    expect(readFolders({ HELPDESK_LANGUAGE: 'en' }).language).toBe('en');
    expect(refusal({ HELPDESK_LANGUAGE: 'fr' }, true)).toEqual(['HELPDESK_LANGUAGE: must be one of nl, en']);
  });

  it('keeps to the limits that Teams gives a bot in a conversation', () => {
    const written = readConfig({ PACE: '7/1,60/30,1800/3600' }, true);
    expect(readConfig({}, true).pace).toEqual(written.pace);
  });

  it('an empty value counts as none', () => {
    expect(readConfig({ PORT: '', HOST: '', CLIENT_ID: '', DATA_DIR: '', LOG_LEVEL: '' }, true)).toEqual(
      readConfig({}, true),
    );
  });
});

describe('with the credentials of a bot', () => {
  it('listens for the platform and passes the credentials on', () => {
    expect(readConfig(deployed, true)).toMatchObject({
      host: '0.0.0.0',
      credentials: { clientId: 'app', tenantId: 'tenant', type: 'SingleTenant', clientSecret: 'secret' },
    });
    expect(readConfig({ ...deployed, HOST: '10.0.0.4' }, true).host).toBe('10.0.0.4');
  });

  it('needs no secret with a managed identity', () => {
    const { CLIENT_SECRET: _, ...identity } = deployed;
    const { credentials } = readConfig({ ...identity, BOT_TYPE: 'UserAssignedMsi' }, false);
    expect(credentials).toMatchObject({ clientId: 'app', tenantId: 'tenant', type: 'UserAssignedMsi' });
    expect(credentials).not.toHaveProperty('clientSecret');
  });

  it('lets in the own tenant, or exactly the ones that are listed', () => {
    const tenants = (settings: Settings) => readConfig({ ...deployed, ...settings }, false).credentials?.tenants;
    expect(tenants({ TENANT_ID: 'Tenant' })).toEqual(new Set(['tenant']));
    expect(tenants({ ALLOWED_TENANTS: 'A, b' })).toEqual(new Set(['a', 'b']));
  });

  it.each(['http://login.example.org/metadata', 'login.botframework.com', 'file:///keys'])(
    'does not take keys from %s',
    (BOT_OPENID_METADATA) => {
      expect(refusal({ ...deployed, BOT_OPENID_METADATA })[0]).toMatch(
        /^BOT_OPENID_METADATA: must be an https address/,
      );
    },
  );

  it('takes keys from a stand-in on this machine', () => {
    expect(refusal({ ...deployed, BOT_OPENID_METADATA: 'http://127.0.0.1:4001/metadata' })).toEqual([]);
  });

  it.each(['https://smba.example.org', 'smba.example.org/teams', '*.example.org/x'])(
    'does not take %s for a host',
    (SERVICE_URL_HOSTS) => {
      expect(refusal({ ...deployed, SERVICE_URL_HOSTS })[0]).toMatch(
        /^SERVICE_URL_HOSTS: .* is no host; write host names only/,
      );
    },
  );

  it.each(['CLIENT_ID', 'TENANT_ID', 'CLIENT_SECRET'])('never starts half: %s is missed by name', (name) => {
    const lines = refusal({ ...deployed, HELPDESK_MODE: 'teams', [name]: undefined });
    expect(lines[0]).toMatch(new RegExp(`^${name}: missing; `));
  });

  it('never falls back to local mode because one of them is missing', () => {
    expect(refusal({ CLIENT_ID: 'app' })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^TENANT_ID: /), expect.stringMatching(/^CLIENT_SECRET: /)]),
    );
  });
});

describe('local mode', () => {
  it('cannot be combined with credentials, which would leave a real bot without sign-in', () => {
    const [line] = refusal({ ...deployed, HELPDESK_MODE: 'local' });
    expect(line).toMatch(/^HELPDESK_MODE: .*CLIENT_ID.*unset one of them/);
  });

  it.each(['0.0.0.0', '192.168.1.10', '::', 'example.org'])('does not listen on %s', (HOST) => {
    expect(refusal({ HOST })[0]).toMatch(/^HOST: .*loopback.*unset HOST or use 127\.0\.0\.1/);
  });

  it.each(['127.0.0.1', 'localhost', '::1'])('listens on %s', (HOST) => {
    expect(readConfig({ HOST }, true).host).toBe(HOST);
  });
});

describe('a value that cannot be', () => {
  it.each([
    ['PORT', 'http', /must be a number, for example 3978/],
    ['PORT', '-1', /./],
    ['PORT', '65536', /./],
    ['PORT', '80.5', /./],
    ['HELPDESK_MODE', 'teems', /must be "local" or "teams"/],
    ['BOT_TYPE', 'MultiTenant', /must be "SingleTenant" or "UserAssignedMsi"/],
    ['LOG_LEVEL', 'loud', /info/],
  ])('%s=%s is refused by name', (name, value, says) => {
    const lines = refusal({ ...deployed, [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: `));
    expect(lines[0]).toMatch(says);
  });

  it('is named together with every other one', () => {
    const lines = refusal({ PORT: 'x', HELPDESK_MODE: 'x', LOG_LEVEL: 'x' });
    expect(lines.map((line) => line.split(':')[0])).toEqual(['PORT', 'HELPDESK_MODE', 'LOG_LEVEL']);
  });
});

describe('Cosmos DB', () => {
  const account = 'https://helpdesk.documents.azure.com/';

  it('is chosen by its address, and opened with the identity of the app', () => {
    expect(readConfig({ ...deployed, COSMOS_ENDPOINT: account }, false).store).toEqual({
      kind: 'cosmos',
      endpoint: account,
      database: 'helpdesk',
      container: 'documents',
    });
    const given = { COSMOS_DATABASE: 'clb', COSMOS_CONTAINER: 'docs', AZURE_CLIENT_ID: 'identity' };
    expect(readFolders({ COSMOS_ENDPOINT: account, ...given }).store).toMatchObject({
      database: 'clb',
      container: 'docs',
      identity: 'identity',
    });
  });

  it('takes a key for an emulator, and refuses it by name for an account', () => {
    for (const COSMOS_ENDPOINT of [
      'https://localhost:8081',
      'http://127.0.0.1:8081',
      'https://[::1]:8081',
      'https://cosmosdb-emulator:8081',
    ]) {
      expect(readConfig({ COSMOS_ENDPOINT, COSMOS_KEY: 'a2V5' }, true).store).toMatchObject({ key: 'a2V5' });
    }
    expect(refusal({ COSMOS_ENDPOINT: account, COSMOS_KEY: 'a2V5' })[0]).toMatch(/^COSMOS_KEY: .*emulator.*unset it/);
    const tricky = 'https://localhost.example.org';
    expect(refusal({ COSMOS_ENDPOINT: tricky, COSMOS_KEY: 'a2V5' })[0]).toMatch(/^COSMOS_KEY: /);
  });

  it.each(['http://helpdesk.documents.azure.com', 'http://cosmosdb-emulator:8081', 'http://127.0.0.1:8081', 'cosmos'])(
    'is not reached at %s without a secure connection and an identity',
    (COSMOS_ENDPOINT) => expect(refusal({ COSMOS_ENDPOINT })[0]).toMatch(/^COSMOS_ENDPOINT: must be/),
  );
});

describe('who is appointed', () => {
  it('is a list of addresses and ids, whatever their case and spacing', () => {
    const { appointed } = readConfig({ ADMINS: ' Beheer@Example.org ,, ', QUALITY_TEAM: 'a,B' }, true);
    expect(appointed).toEqual({ administrators: new Set(['beheer@example.org']), quality: new Set(['a', 'b']) });
  });
});

describe('the command line', () => {
  it('needs only the folders', () => {
    expect(readFolders({})).toEqual({
      local: true,
      language: 'nl',
      terms: { texts: 60, wordings: 1_095, audit: 1_825 },
      dataFolder: './data',
      ledgerFolder: './data',
      contentFolder: './content',
      store: { kind: 'sqlite', folder: './data' },
    });
    expect(readFolders({ DATA_DIR: '/srv/data', CONTENT_DIR: '', PORT: 'nonsense' })).toEqual({
      local: true,
      language: 'nl',
      terms: { texts: 60, wordings: 1_095, audit: 1_825 },
      dataFolder: '/srv/data',
      ledgerFolder: '/srv/data',
      contentFolder: './content',
      store: { kind: 'sqlite', folder: '/srv/data' },
    });
  });

  it.each([{ CLIENT_ID: 'app' }, { HELPDESK_MODE: 'teams' }, { COSMOS_ENDPOINT: 'https://a.documents.azure.com' }])(
    'sees a real helpdesk in %j',
    (env) => {
      expect(readFolders(env).local).toBe(false);
    },
  );
});

describe('places and registrations that may differ', () => {
  it('keeps the note of what was erased with the data, or where LEDGER_DIR says', () => {
    expect(readConfig({ DATA_DIR: '/srv/data' }, true).ledgerFolder).toBe('/srv/data');
    expect(readFolders({ DATA_DIR: '/srv/data', LEDGER_DIR: '/home/ledger' }).ledgerFolder).toBe('/home/ledger');
  });

  it('signs people in with the registration of the bot, or with the one of the tab', () => {
    const bot = { CLIENT_ID: 'app', TENANT_ID: 'here', BOT_TYPE: 'UserAssignedMsi' };
    expect(readConfig(bot, false).credentials?.tabClientId).toBe('app');
    expect(readConfig({ ...bot, TAB_CLIENT_ID: 'TAB' }, false).credentials?.tabClientId).toBe('tab');
  });
});

describe('the address of a reranker', () => {
  it('is off by default, and safe or refused', () => {
    expect(readConfig({}, true)).not.toHaveProperty('rerankUrl');
    for (const RERANK_URL of ['https://rank.example/v1', 'http://127.0.0.1:8080/rank']) {
      expect(readConfig({ RERANK_URL }, true).rerankUrl).toBe(RERANK_URL);
    }
    for (const RERANK_URL of ['http://rank.example/v1', 'rank.example', 'ftp://127.0.0.1/']) {
      expect(refusal({ RERANK_URL })).toEqual([expect.stringMatching(/^RERANK_URL: must be an https address/)]);
    }
  });
});

describe('what stands in front', () => {
  it.each<[string, unknown]>([
    ['', undefined],
    ['0', undefined],
    ['1', 1],
    ['2', 2],
    ['10.0.0.4, fd00::/16', ['10.0.0.4', 'fd00::/16']],
    ['100.100.0.0/17', ['100.100.0.0/17']],
  ])('TRUSTED_PROXIES "%s" is understood', (TRUSTED_PROXIES, proxies) => {
    expect(readConfig({ ...deployed, TRUSTED_PROXIES }, false).proxies).toEqual(proxies);
  });

  it.each(['6', '-1', 'true', 'loopback', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0', '1, 10.0.0.4', '10.0.0.0/8/9'])(
    'refuses TRUSTED_PROXIES "%s"',
    (TRUSTED_PROXIES) => {
      expect(refusal({ ...deployed, TRUSTED_PROXIES })[0]).toMatch(/^TRUSTED_PROXIES: must be how many proxies/);
    },
  );

  it('does not go with local mode', () => {
    expect(refusal({ TRUSTED_PROXIES: '1' })[0]).toMatch(/^TRUSTED_PROXIES: local mode/);
  });
});
