// What must hold of a Teams package: Microsoft's schema, and its store guidelines as far as files can show them.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { PNG } from 'pngjs';

export type Parts = Record<string, Uint8Array>;

type Command = { title: string; description: string };
type Manifest = {
  $schema: string;
  manifestVersion: string;
  id: string;
  version: string;
  name: { short: string; full: string };
  description: { short: string; full: string };
  developer: { websiteUrl: string; privacyUrl: string; termsOfUseUrl: string };
  icons: { color: string; outline: string };
  staticTabs: { name?: string; contentUrl?: string }[];
  bots: { botId: string; scopes: string[]; commandLists: { scopes: string[]; commands: Command[] }[] }[];
  composeExtensions: { botId: string; commands: (Command & { parameters?: Command[] })[] }[];
  validDomains: string[];
  webApplicationInfo: { id: string; resource: string };
  localizationInfo: { defaultLanguageTag: string; additionalLanguages: { languageTag: string; file: string }[] };
  authorization?: unknown;
};

type Rule = (manifest: Manifest, parts: Parts) => string[];

/** What is wrong with the files of a package, one line each: what, and what to do. Empty when nothing is. */
export function problemsIn(parts: Parts): string[] {
  const manifest = json<Manifest>(parts, 'manifest.json');
  if (!manifest) return ['manifest.json is missing or no JSON: put it back from the repository'];
  const problems = [...placeholders(parts), ...schema('MicrosoftTeams', manifest, 'manifest.json')];
  // The other rules read what the schema promises.
  if (problems.length > 0) return problems;
  return RULES.flatMap((rule) => rule(manifest, parts));
}

function json<Shape>(parts: Parts, name: string): Shape | undefined {
  try {
    return JSON.parse(Buffer.from(parts[name] ?? []).toString('utf8')) as Shape;
  } catch {
    return undefined;
  }
}

function placeholders(parts: Parts): string[] {
  return Object.entries(parts).flatMap(([name, bytes]) => {
    const found = name.endsWith('.json')
      ? Buffer.from(bytes)
          .toString('utf8')
          .match(/\$\{\{\w*\}\}/g)
      : null;
    return [...new Set(found)].map((slot) => `${name} still says ${slot}: give that value`);
  });
}

const SCHEMAS = join(import.meta.dirname, '../node_modules/@microsoft/app-manifest/build/json-schemas/teams');

/** The schemas are the ones that Microsoft's toolkit ships, so nothing is fetched. */
function schema(kind: string, content: { $schema?: string }, name: string): string[] {
  const version = /\/(v[\d.]+)\//.exec(content.$schema ?? '')?.[1];
  let shape: string;
  try {
    shape = readFileSync(join(SCHEMAS, String(version), `${kind}.schema.json`), 'utf8');
  } catch {
    return [`${name}: there is no schema for "${content.$schema}" here; name a version that the toolkit has`];
  }
  // Two patterns of Microsoft's write the bell as \a, which a regular expression here does not know.
  const readable = JSON.parse(shape.replaceAll('\\\\a', '\\\\x07')) as object;
  const ajv = new AjvDraft4.default({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv, ['uri', 'email', 'regex']);
  const validate = ajv.compile(readable);
  validate(content);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${name} ${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');

/** Guideline: domains that the app shows are its own, listed, no wildcard and no tunnel. */
const domains: Rule = ({ developer, staticTabs, validDomains, webApplicationInfo }) => {
  const [host = ''] = validDomains;
  const addresses = [...Object.values(developer), ...staticTabs.map(({ contentUrl }) => contentUrl)].filter(
    (one): one is string => typeof one === 'string' && one.startsWith('http'),
  );
  const { id, resource } = webApplicationInfo;
  return [
    ...(validDomains.length === 1 ? [] : ['validDomains must name the host of the helpdesk and no other']),
    ...(/^(?!-)[a-z\d-]+(\.[a-z\d-]+)+$/.test(host) && !/^[\d.]+$/.test(host)
      ? []
      : [`"${host}" is no host name: give --host without https://, port or path, for example helpdesk.example.be`]),
    ...(/\.(ngrok\.io|ngrok-free\.app|devtunnels\.ms|loca\.lt)$/.test(host)
      ? [`${host} is a tunnel: give the host of the deployment, or upload this one for yourself only`]
      : []),
    ...addresses
      .filter((address) => !address.startsWith('https://') || hostOf(address) !== host)
      .map((address) => `${address} is not https on ${host}: every address must be on the host in validDomains`),
    ...(resource === `api://${host}/${id}`
      ? []
      : [`webApplicationInfo.resource must be api://${host}/${id}, as the registration exposes it`]),
  ];
};

/** Guideline: short names that say what the app is, and no word that Microsoft keeps for itself. */
const names: Rule = ({ name, description }) => [
  ...(/\b(teams|microsoft|bot|app)\b/i.test(name.short)
    ? [`name.short "${name.short}": leave out Teams, Microsoft, bot and app`]
    : []),
  ...(/\b(beta|test|demo|dev)\b/i.test(`${name.short} ${name.full}`)
    ? ['the name says that this is not finished: leave out beta, test, demo and dev']
    : []),
  ...(description.short === description.full ? ['description.full must say more than description.short'] : []),
  ...(/\bhelp\b/.test(description.full) ? [] : ['description.full must say how to get help: name the command "help"']),
];

/** Guideline: a bot answers "help" in every scope in which it can be. */
const commands: Rule = ({ bots }) =>
  bots.flatMap(({ scopes, commandLists }) => [
    ...scopes
      .filter((scope) => {
        const lists = commandLists.filter((list) => list.scopes.includes(scope));
        return !lists.some((list) => list.commands.some(({ title }) => title === 'help'));
      })
      .map((scope) => `the commands for ${scope} lack "help": add it, the store asks for it`),
    ...commandLists.flatMap((list) =>
      list.commands
        .filter(({ title, description }) => title.length > 32 || description.length > 128)
        .map(({ title }) => `command "${title}": Teams shows 32 characters of a title and 128 of a description`),
    ),
  ]);

/** Guideline: 192 x 192 in full colour, and 32 x 32 in white on nothing. */
const icons: Rule = ({ icons: { color, outline } }, parts) => [
  ...picture(parts, color, 192, ({ data }) =>
    pixels(data).some(([, , , alpha]) => alpha < 255) ? 'must fill its square: no transparent pixels' : undefined,
  ),
  ...picture(parts, outline, 32, ({ data }) => {
    const all = pixels(data);
    if (all.some(([red, green, blue, alpha]) => alpha > 0 && Math.min(red, green, blue) < 250)) {
      return 'must be white only: no other colour';
    }
    return all.some(([, , , alpha]) => alpha === 0) && all.some(([, , , alpha]) => alpha > 0)
      ? undefined
      : 'must be a white drawing on a transparent ground';
  }),
];

type Pixel = [red: number, green: number, blue: number, alpha: number];
function pixels(data: Buffer): Pixel[] {
  return Array.from({ length: data.length / 4 }, (_, at) => [...data.subarray(at * 4, at * 4 + 4)] as Pixel);
}

function picture(parts: Parts, name: string, size: number, wrong: (png: PNG) => string | undefined): string[] {
  let png: PNG;
  try {
    png = PNG.sync.read(Buffer.from(parts[name] ?? []));
  } catch {
    return [`${name} is missing or no PNG: draw it again with npx node bench/icons.ts`];
  }
  const says = png.width === size && png.height === size ? wrong(png) : `must be ${size} x ${size} pixels`;
  return says ? [`${name} ${says}; draw it again with npx node bench/icons.ts`] : [];
}

/** Every language has every text, and no text for what is not there. */
const languages: Rule = (manifest, parts) =>
  manifest.localizationInfo.additionalLanguages.flatMap(({ file }) => {
    const texts = json<Record<string, string> & { $schema?: string }>(parts, file);
    if (!texts) return [`${file} is missing or no JSON: put it back from the repository`];
    const wanted = translatable(manifest);
    const given = Object.keys(texts).filter((key) => key !== '$schema');
    return [
      ...schema('MicrosoftTeams.Localization', texts, file),
      ...wanted.filter((key) => !given.includes(key)).map((key) => `${file} lacks "${key}": translate it`),
      ...given.filter((key) => !wanted.includes(key)).map((key) => `${file} has "${key}", which is not there: remove`),
    ];
  });

/** Paths of texts that people see. A command is typed as it is, in any language, so its title is not translated. */
function translatable({ staticTabs, bots, composeExtensions }: Manifest): string[] {
  const [bot] = bots;
  return [
    ...['name.short', 'name.full', 'description.short', 'description.full'],
    ...staticTabs.flatMap(({ name }, at) => (name ? [`staticTabs[${at}].name`] : [])),
    ...(bot?.commandLists ?? []).flatMap((list, at) =>
      list.commands.map((_, index) => `bots[0].commandLists[${at}].commands[${index}].description`),
    ),
    ...(composeExtensions[0]?.commands ?? []).flatMap(({ parameters = [] }, at) => {
      const path = `composeExtensions[0].commands[${at}]`;
      const each = parameters.flatMap((_, index) =>
        ['title', 'description'].map((key) => `${path}.parameters[${index}].${key}`),
      );
      return [`${path}.title`, `${path}.description`, ...each];
    }),
  ];
}

/** Our own promise: the helpdesk asks for no right in a team, a chat or the directory. */
const rights: Rule = ({ authorization, bots, composeExtensions }) => [
  ...(authorization === undefined
    ? []
    : ['authorization asks for resource-specific consent, which the helpdesk does without: remove it']),
  ...(composeExtensions.every(({ botId }) => botId === bots[0]?.botId)
    ? []
    : ['composeExtensions must be of the same bot: use the same botId']),
];

/** A zip holds its files at the top, under the names that the manifest gives. */
const files: Rule = ({ icons, localizationInfo }, parts) => {
  const named = [
    'manifest.json',
    icons.color,
    icons.outline,
    ...localizationInfo.additionalLanguages.map((l) => l.file),
  ];
  return [
    ...named.filter((name) => basename(name) !== name).map((name) => `${name} must be at the top of the zip`),
    ...Object.keys(parts)
      .filter((name) => !named.includes(name))
      .map((name) => `${name} is named nowhere in the manifest: leave it out`),
  ];
};

const RULES: Rule[] = [domains, names, commands, icons, languages, rights, files];
