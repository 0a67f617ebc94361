// Proves the shape of the house: who may import whom, where Dutch lives, what README promises. Knows no behaviour.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { en } from '../src/locale/en/en.ts';
import { locale } from '../src/locale/locale.ts';
import { nl } from '../src/locale/nl/nl.ts';

type File = { path: string; text: string };
type Node = { type: string; start: number; end: number; [property: string]: unknown };
/** One line each, "file:line what is wrong". */
type Rule = (files: File[]) => string[];

const read = (path: string): File => ({ path, text: readFileSync(path, 'utf8') });
const under = (folder: string, ending: string): File[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => read(posix.join(folder, name)));

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(path));
const source = [...under('src', '.ts'), ...under('src', '.tsx')];
const layouts = under('adaptive-cards', '.json');
const programs = [...source, ...under('test', '.ts'), ...under('bench', '.ts')];
const readme = existsSync('README.md') ? read('README.md') : { path: 'README.md', text: '' };
const packageJson = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
};

const at = (file: File, offset: number): string => `${file.path}:${file.text.slice(0, offset).split('\n').length}`;

const trees = new Map<string, Node[]>();
/** Every node of a file, by a real parser: a scan of lines would miss an import over several lines. */
function nodesOf({ path, text }: File): Node[] {
  const known = trees.get(text);
  if (known) return known;
  const nodes: Node[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value) nodes.push(value as Node);
      for (const one of Object.values(value)) walk(one);
    }
  };
  walk(parseAst(text, { lang: path.endsWith('.d.ts') ? 'dts' : path.endsWith('.tsx') ? 'tsx' : 'ts' }, path));
  trees.set(text, nodes);
  return nodes;
}

const nameIn = (node: unknown): unknown => (node as { name?: unknown } | null)?.name;
const valueIn = (node: unknown): unknown => (node as { value?: unknown } | null)?.value;

/** What a node imports: static, re-exported, dynamic, in a type, or through `require`; "?" when that is computed. */
function imported(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.source ? String(valueIn(node.source)) : undefined;
    case 'ImportExpression':
    case 'TSImportType':
      return String(valueIn(node.source) ?? '?');
    case 'CallExpression': {
      const callee = node.callee as Node;
      const on = callee.type === 'MemberExpression' ? (callee.object as Node) : callee;
      const requires = nameIn(on) === 'require' || nameIn(on.callee) === 'createRequire' || on.type === 'MetaProperty';
      const [first] = node.arguments as Node[];
      return requires && first ? String(valueIn(first) ?? '?') : undefined;
    }
    default:
      return undefined;
  }
}

type Import = { file: File; where: string; to: string; room: string; library: string };
function importsOf(files: File[]): Import[] {
  return files.flatMap((file) =>
    nodesOf(file).flatMap((node) => {
      const to = imported(node);
      if (to === undefined) return [];
      const relative = to.startsWith('.');
      const library = relative ? '' : to.startsWith('@') ? to.split('/', 2).join('/') : to.split('/')[0]!;
      const room = relative ? roomOf(posix.join(dirname(file.path), to)) : '';
      return [{ file, where: at(file, node.start), to, room, library }];
    }),
  );
}

/** "domain", "adapters/teams", "main.ts", "adaptive-cards"; outside of those the path itself. */
function roomOf(path: string): string {
  const [top, room, inner] = path.split('/');
  if (top !== 'src') return top === 'adaptive-cards' ? top : path;
  return room === 'adapters' ? `adapters/${inner}` : room!;
}

const ADAPTER = { rooms: ['app', 'cards', 'locale', 'domain', 'knowledge'], node: /^node:/, libraries: true };
const ROOMS: Record<string, { rooms: string[]; node?: RegExp; libraries?: true }> = {
  domain: { rooms: [] },
  knowledge: { rooms: ['domain'], libraries: true },
  locale: { rooms: ['domain'] },
  cards: { rooms: ['domain', 'locale', 'adaptive-cards'], libraries: true },
  app: { rooms: ['domain', 'knowledge', 'cards', 'locale'], node: /^node:crypto$/ },
  playground: { rooms: [], node: /^node:/, libraries: true },
  dashboard: { rooms: ['domain', 'locale'], libraries: true },
};
/** What the page and the server say to each other: all that a browser gets of the server's side. */
const SHAPES = /app\/figures\/dashboard-shapes\.ts$/;
/** The files and folders that may import a library; where feasible one wrapper file. zod is at every door. */
const LIBRARIES: Record<string, string[]> = {
  '@fluentui/react-components': ['src/dashboard/'],
  '@microsoft/teams-js': ['src/dashboard/host.ts'],
  react: ['src/dashboard/'],
  'react-dom': ['src/dashboard/main.tsx'],
  vite: ['src/build.ts'],
  'ajv-draft-04': ['src/package-rules.ts'],
  'ajv-formats': ['src/package-rules.ts'],
  pngjs: ['src/package-rules.ts'],
  compression: ['src/adapters/http/dashboard.ts'],
  '@azure/cosmos': ['src/adapters/storage/cosmos.ts'],
  '@opentelemetry/api': ['src/adapters/telemetry.ts'],
  '@opentelemetry/context-async-hooks': ['src/adapters/telemetry.ts'],
  '@opentelemetry/exporter-metrics-otlp-http': ['src/adapters/telemetry.ts'],
  '@opentelemetry/exporter-trace-otlp-http': ['src/adapters/telemetry.ts'],
  '@opentelemetry/resources': ['src/adapters/telemetry.ts'],
  '@opentelemetry/sdk-metrics': ['src/adapters/telemetry.ts'],
  '@opentelemetry/sdk-trace': ['src/adapters/telemetry.ts'],
  // Loaded where it is needed, by what may not import one another.
  '@azure/identity': ['src/adapters/storage/open.ts', 'src/adapters/models/azure-openai.ts'],
  '@microsoft/teams-ai': ['src/adapters/teams/bot.ts'],
  adaptivecards: ['src/playground/page-cards.ts', 'src/playground/server.ts'],
  botbuilder: ['src/adapters/teams/'],
  '@azure/core-rest-pipeline': ['src/adapters/teams/messenger.ts'],
  '@e965/xlsx': ['src/adapters/files/tables.ts'],
  cheerio: ['src/adapters/files/markup.ts'],
  // cli.ts and the files of its commands.
  commander: ['src/cli'],
  'csv-parse': ['src/adapters/files/tables.ts'],
  'csv-stringify': ['src/adapters/files/writing.ts'],
  docx: ['src/adapters/files/word.ts'],
  express: ['src/adapters/http/', 'src/playground/'],
  jose: ['src/adapters/sign-in/'],
  fflate: ['src/adapters/files/zip.ts'],
  mammoth: ['src/adapters/files/docx.ts'],
  pino: ['src/adapters/log.ts'],
  'rate-limiter-flexible': ['src/adapters/http/rate-limit.ts'],
  'snowball-stemmers': ['src/knowledge/text.ts'],
  unpdf: ['src/adapters/files/pdf.ts'],
  'write-excel-file': ['src/adapters/files/writing.ts'],
  yaml: ['src/adapters/files/yaml.ts'],
  zod: [
    'src/config.ts',
    'src/cards/actions.ts',
    'src/cards/extension.ts',
    'src/adapters/files/',
    'src/adapters/models/',
    'src/adapters/http/dashboard-query.ts',
    'src/adapters/http/dashboard.ts',
    'src/adapters/sign-in/keys.ts',
    'src/adapters/storage/records.ts',
    'src/adapters/teams/activity.ts',
    'src/playground/server.ts',
  ],
};

const rooms: Rule = (files) =>
  importsOf(files).flatMap(({ file, where, to, room, library }) => {
    const own = roomOf(file.path);
    const rule = ROOMS[own] ?? (own.startsWith('adapters/') ? ADAPTER : undefined);
    if (to === '?') return [`${where} imports something that cannot be known beforehand`];
    if (room !== '' && !room.includes('/') && !(room in ROOMS) && room !== 'adaptive-cards' && room !== own) {
      return rule ? [`${where} ${own} must not import ${to}`] : [];
    }
    if (/^(test|bench|content)\//.test(room)) return [`${where} the program must not import ${to}`];
    if (!rule) return [];
    const fine =
      room !== ''
        ? room === own || rule.rooms.includes(room) || (own === 'dashboard' && SHAPES.test(to))
        : to.startsWith('node:')
          ? rule.node?.test(to)
          : rule.libraries && library !== '';
    return fine ? [] : [`${where} ${own} must not import ${to}`];
  });

const libraries: Rule = (files) =>
  importsOf(files).flatMap(({ file, where, to, library }) => {
    if (library === '' || to.startsWith('node:') || to === '?') return [];
    const homes = LIBRARIES[library] ?? [];
    const home = homes.some((path) => (path.endsWith('.ts') ? file.path === path : file.path.startsWith(path)));
    return home ? [] : [`${where} ${library} may be imported in ${homes.join(', ') || 'no file'} only`];
  });

const environment: Rule = (files) =>
  files.flatMap((file) =>
    file.path === 'src/config.ts'
      ? []
      : nodesOf(file).flatMap((node) => {
          const env = nameIn(node.property) === 'env' || valueIn(node.property) === 'env';
          const member = node.type === 'MemberExpression' && nameIn(node.object) === 'process' && env;
          const process = node.type === 'ImportDeclaration' && /^(node:)?process$/.test(String(valueIn(node.source)));
          return member || process ? [`${at(file, node.start)} reads the environment, which only config.ts may`] : [];
        }),
  );

/** Common in every Dutch sentence and, as a whole word, in no English one. */
const DUTCH = new Set(
  `de het een niet vraag vragen jouw jou je jij jullie geen van voor naar wordt worden zijn dit deze dat ook maar bij
  uit wij uw ik zonder nog wel kan kies typ antwoord antwoorden bericht gegevens leerling leerlingen adviseur nieuwe
  opnieuw verstuur sluit bewaar heb heeft probeer omdat meer`.split(/\s+/),
);
/** Where Dutch is at home besides locale/nl/: what the index and the privacy check look for, and the playground's page. */
const DUTCH_ROOMS = [
  /^src\/locale\/nl\//,
  /^src\/domain\/privacy-[\w-]+\.ts$/,
  /^src\/knowledge\/(language|outside|text)\.ts$/,
  /^src\/playground\/(page[\w-]*|personas)\.ts$/,
];

const dutch: Rule = (files) =>
  files.flatMap((file) =>
    DUTCH_ROOMS.some((room) => room.test(file.path))
      ? []
      : nodesOf(file).flatMap((node) => {
          const text =
            node.type === 'TemplateElement'
              ? (node.value as { raw: string }).raw
              : (node.type === 'Literal' || node.type === 'JSXText') && typeof node.value === 'string'
                ? node.value
                : '';
          const found = text.toLowerCase().match(/(?<![\p{L}-])\p{L}+(?![\p{L}-])/gu) ?? [];
          const word = found.find((one) => DUTCH.has(one));
          return word ? [`${at(file, node.start)} "${word}" is Dutch, which belongs in locale/nl/`] : [];
        }),
  );

const SHOWN = new Set(['text', 'title', 'label', 'placeholder', 'errorMessage', 'fallbackText', 'altText', 'value']);
/** A layout may put Markdown signs around its slots, never a letter. */
const layoutWords: Rule = (files) =>
  files.flatMap((file) => {
    const found: string[] = [];
    JSON.parse(file.text, (key, value: unknown) => {
      if (SHOWN.has(key) && typeof value === 'string' && /\p{L}/u.test(value.replace(/\$\{[^}]*\}/g, ''))) {
        found.push(`${at(file, file.text.indexOf(JSON.stringify(value)))} ${key} "${value}" is not a slot`);
      }
      return value;
    });
    return found;
  });

/** Paths of `locale` that a program or a layout reads; a whole object when it is indexed, passed on or renamed. */
function wordsRead(files: File[]): Set<string> {
  const found = new Set<string>();
  for (const file of files) {
    if (file.path.endsWith('.json')) {
      for (const [, path] of file.text.matchAll(/\$\{(?:\$root\.)?locale\.([\w.]+)\}/g)) found.add(path!);
      continue;
    }
    const nodes = nodesOf(file);
    const inner = new Set(nodes.filter(({ type }) => type === 'MemberExpression').map(({ object }) => object));
    for (const node of nodes) {
      const path = inner.has(node) ? undefined : pathInLocale(node);
      if (path !== undefined && path !== '') found.add(path);
      const taken = node.type === 'VariableDeclarator' && (node.id as Node).type === 'ObjectPattern' && node.init;
      const from = taken ? pathInLocale(node.init as Node) : undefined;
      if (from === undefined) continue;
      found.delete(from);
      for (const { key } of (node.id as Node).properties as Node[])
        found.add(from === '' ? String(nameIn(key)) : `${from}.${String(nameIn(key))}`);
    }
  }
  return found;
}

function pathInLocale(node: Node): string | undefined {
  if (node.type === 'Identifier' && node.name === 'locale') return '';
  // The page of the dashboard has its own words only.
  if (node.type === 'Identifier' && node.name === 'pageWords') return 'dashboard';
  if (node.type !== 'MemberExpression') return undefined;
  const path = pathInLocale(node.object as Node);
  if (path === undefined || node.computed) return path;
  return path === '' ? String(nameIn(node.property)) : `${path}.${String(nameIn(node.property))}`;
}

const isRoom = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RegExp);

function leaves(value: unknown, path = ''): string[] {
  if (!isRoom(value)) return [path];
  return Object.entries(value).flatMap(([key, one]) => leaves(one, path === '' ? key : `${path}.${key}`));
}

/** Every sentence with the number of its slots; typed words are a language's own. */
const slots = (words: object): string[] =>
  leaves(words)
    .filter((path) => !/^(absenceWords|commands|lineWords)\./.test(path))
    .map((path) => {
      const found = path.split('.').reduce((value: unknown, key) => (value as Record<string, unknown>)[key], words);
      return `${path}/${typeof found === 'function' ? found.length : Array.isArray(found) ? 'list' : typeof found}`;
    });

/**
 * A module that takes a room when it is loaded speaks every language; one that takes a single word keeps it in Dutch, as
 * the language is known later (locale/locale.ts).
 */
const wordsKept: Rule = (files) =>
  files.flatMap((file) => {
    const nodes = nodesOf(file);
    const late = nodes.filter(({ type }) => /Function|Method|PropertyDefinition/.test(type));
    const early = nodes.filter(({ start, end }) => !late.some((one) => one.start <= start && end <= one.end));
    const inner = new Set(nodes.filter(({ type }) => type === 'MemberExpression').map(({ object }) => object));
    const rooms = new Map([['locale', '']]);
    const pathOf = (node: Node): string | undefined => {
      if (node.type === 'Identifier') return rooms.get(String(node.name));
      const path = node.type === 'MemberExpression' ? pathOf(node.object as Node) : undefined;
      return path === undefined || node.computed ? path : `${path}.${String(nameIn(node.property))}`;
    };
    const kept: string[] = [];
    const take = (node: Node, path: string): void => {
      const keys = path.split('.').filter((key) => key !== '');
      const word = keys.reduce((value: unknown, key) => (value as Record<string, unknown> | undefined)?.[key], locale);
      if (word !== undefined && !isRoom(word)) kept.push(`${at(file, node.start)} keeps the Dutch locale${path}`);
    };
    for (const node of early) {
      const from = node.type === 'VariableDeclarator' && node.init ? pathOf(node.init as Node) : undefined;
      if (from !== undefined) {
        const id = node.id as Node;
        if (id.type === 'Identifier') rooms.set(String(id.name), from);
        for (const { key, value } of id.type === 'ObjectPattern' ? (id.properties as Node[]) : []) {
          const path = `${from}.${String(nameIn(key))}`;
          rooms.set(String(nameIn(value)), path);
          take(node, path);
        }
      } else if (node.type === 'MemberExpression' && !inner.has(node)) {
        const path = pathOf(node);
        if (path !== undefined) take(node, path);
      }
    }
    return kept;
  });

const unusedWords: Rule = (files) => {
  const read = [...wordsRead(files.filter(({ path }) => !path.startsWith('src/locale/')))];
  const used = (leaf: string): boolean =>
    read.some((path) => `${leaf}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${leaf}.`));
  return leaves(locale).flatMap((leaf) =>
    used(leaf) ? [] : [`src/locale/locale.ts ${leaf} is used by no card and no task`],
  );
};

const manners: Rule = (files) =>
  files.flatMap((file) => {
    const found: string[] = [];
    if (!/^\/\/ \p{Lu}.*\.(\n|$)/u.test(file.text)) {
      found.push(`${file.path}:1 must start with a one-line comment that says what it is, in a sentence`);
    }
    if (/(^|\/)(utils?|helpers?|index|common|misc|shared)\.[\w.]+$/.test(file.path)) {
      found.push(`${file.path} has a name that says nothing`);
    }
    for (const { index, 0: sign } of file.text.matchAll(
      /biome-[i]gnore|@ts-([i]gnore|[e]xpect-error|[n]ocheck)|\b(it|test|describe)\.([s]kip|[o]nly|[t]odo)\b|\bTOD[O]\b|\bFIXM[E]\b/g,
    )) {
      found.push(`${at(file, index)} ${sign} is not how the house does it`);
    }
    return found;
  });

const machine: Rule = (files) =>
  files.flatMap((file) =>
    [
      ...file.text.matchAll(
        /(?<![\w.:~/-])\/(work|root)\/[\w.]|\/tmp\/bash_[j]obs|"resolved": "https?:|https?:\/\/[\w.-]*\b(registry|artifactory|nexus|verdaccio|jfrog)\b[\w.-]*/g,
      ),
    ].map(({ index, 0: found }) => `${at(file, index)} ${found} belongs to one machine`),
  );

const commands: Rule = (files) =>
  files.flatMap((file) =>
    [...file.text.matchAll(/(?<=`|&& |^)npm (?:run )?([a-z][\w:-]*)/gm)].flatMap(({ index, 0: command, 1: name }) =>
      name === 'ci' || name! in packageJson.scripts
        ? []
        : [`${at(file, index)} "${command}" is no script of package.json`],
    ),
  );

/** The paths in README's tree; folders end in "/". Two spaces of indentation per level, then two or more and a text. */
function treeOf({ text }: File): string[] {
  const block = /^```\w*\n(src\/ [\s\S]*?)^```/m.exec(text)?.[1] ?? '';
  const parents: string[] = [];
  return block
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, indent, name] = /^((?: {2})*)(\S+) {2,}\S/.exec(line) ?? [];
      if (name === undefined) return `"${line}" names no file and what it is`;
      const depth = indent!.length / 2;
      parents.splice(depth, parents.length, name);
      return parents.join('');
    });
}

const tree: Rule = ([file]) => {
  const named = treeOf(file!);
  const top = tracked.map((path) => (path.includes('/') ? `${path.split('/')[0]}/` : path));
  const inSource = readdirSync('src', { withFileTypes: true }).map((one) =>
    one.isDirectory() ? `src/${one.name}/` : `src/${one.name}`,
  );
  return [
    ...named.filter((path) => !existsSync(path)).map((path) => `${file!.path}: ${path} is in the tree, not on disk`),
    ...[...new Set([...top, ...inSource])]
      .filter((path) => !named.includes(path))
      .map((path) => `${file!.path}: ${path} is not in the tree`),
  ];
};

const links: Rule = (files) =>
  files.flatMap((file) =>
    [...file.text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].flatMap(({ index, 1: to }) =>
      existsSync(join(dirname(file.path), to!)) ? [] : [`${at(file, index)} links to ${to}, which is not there`],
    ),
  );

const guides = tracked.filter((path) => path.endsWith('.md')).map(read);
const texts = tracked.filter((path) => !/\.(png|ico|woff2)$/.test(path)).map(read);

const plant = (path: string, text: string): File => ({ path, text: `// A planted file.\n\n${text}\n` });
const HOUSE: { says: string; rule: Rule; files: File[]; planted: [file: File, caught: RegExp][] }[] = [
  {
    says: 'rooms import only what they may',
    rule: rooms,
    files: source,
    planted: [
      [
        plant('src/domain/a.ts', "import {\n  locale,\n} from '../locale/locale.ts';"),
        /a\.ts:3 domain must not import/,
      ],
      [plant('src/domain/a.ts', "import 'node:fs';"), /domain must not import node:fs/],
      [plant('src/domain/a.ts', "import 'zod/v4';"), /domain must not import zod/],
      [plant('src/domain/a.ts', "export * from '../app/ask.ts';"), /domain must not import/],
      [plant('src/knowledge/a.ts', "export { locale } from '../locale/locale.ts';"), /knowledge must not import/],
      [plant('src/locale/a.ts', "import type { App } from '../app/tickets.ts';"), /locale must not import/],
      [plant('src/cards/a.ts', "let a: import('../app/ports.ts').Store;"), /cards must not import/],
      [plant('src/app/a.ts', "import 'node:fs';"), /app must not import node:fs/],
      [plant('src/app/a.ts', "await import('zod/v4');"), /app must not import zod/],
      [plant('src/app/a.ts', "import { readConfig } from '../config.ts';"), /app must not import/],
      [plant('src/app/a.ts', "import '../adapters/log.ts';"), /app must not import/],
      [plant('src/adapters/http/a.ts', "import '../storage/sqlite.ts';"), /http must not import/],
      [plant('src/adapters/http/a.ts', "import '../log.ts';"), /http must not import/],
      [plant('src/playground/a.ts', "import { locale } from '../locale/locale.ts';"), /playground must not import/],
      [plant('src/dashboard/a.tsx', "import { nl } from '../app/dashboard.ts';"), /dashboard must not import/],
      [plant('src/dashboard/a.ts', "import 'node:fs';"), /dashboard must not import node:fs/],
      [plant('src/main.ts', "import '../test/town.ts';"), /the program must not import/],
      [plant('src/main.ts', 'await import(process.argv[2]);'), /cannot be known/],
    ],
  },
  {
    says: 'each library has one home',
    rule: libraries,
    files: source,
    planted: [
      [plant('src/adapters/http/a.ts', "import type { Activity } from 'botbuilder';"), /a\.ts:3 botbuilder/],
      [plant('src/adapters/storage/a.ts', "import { Application } from '@microsoft/teams-ai';"), /teams-ai/],
      [plant('src/adapters/files/a.ts', "require('yaml');"), /yaml/],
      [plant('src/main.ts', "import 'left-pad';"), /left-pad may be imported in no file/],
    ],
  },
  {
    says: 'only config.ts reads the environment',
    rule: environment,
    files: source,
    planted: [
      [plant('src/app/a.ts', 'const port = process.env.PORT;'), /a\.ts:3 reads/],
      [plant('src/app/a.ts', "const port = process['env'].PORT;"), /reads/],
      [plant('src/app/a.ts', "import { env } from 'node:process';"), /reads/],
    ],
  },
  {
    says: 'Dutch lives in locale/nl/',
    rule: dutch,
    files: source,
    planted: [
      [plant('src/app/a.ts', "const a = 'Stel je vraag.';"), /a\.ts:3 "je" is Dutch/],
      [plant('src/locale/en/a.ts', "export const a = { title: 'Je vraag' };"), /is Dutch/],
      [plant('src/dashboard/a.tsx', 'const a = <p>Kies een filter</p>;'), /is Dutch/],
      [plant('src/cards/a.ts', 'const a = `Uw dossier ${1} is klaar, wij\n helpen.`;'), /is Dutch/],
    ],
  },
  {
    says: 'layouts hold slots, no words',
    rule: layoutWords,
    files: layouts,
    planted: [[{ path: 'adaptive-cards/a.json', text: '{"body":[{"text":"Hallo ${name}"}]}' }, /"Hallo/]],
  },
  { says: 'every sentence is used', rule: unusedWords, files: [...source, ...layouts], planted: [] },
  {
    says: 'no module keeps a word of one language',
    rule: wordsKept,
    files: [...source.filter(({ path }) => !path.startsWith('src/locale/')), read('bench/samples.ts')],
    planted: [
      [plant('src/app/a.ts', 'const title = locale.help.title;'), /a\.ts:3 keeps the Dutch locale\.help\.title/],
      [plant('src/app/a.ts', 'const { title } = locale.help;'), /keeps/],
      [plant('src/app/a.ts', 'const { help } = locale;\nconst all = [help.title];'), /a\.ts:4 keeps/],
      [plant('src/app/a.ts', 'const words = locale.help;\nexport const lines = words.lines;'), /a\.ts:4 keeps/],
      [plant('src/app/a.ts', 'const { minutes } = locale.common;'), /keeps/],
    ],
  },
  {
    says: 'files say what they are, and bend no rule',
    rule: manners,
    files: programs,
    planted: [
      [{ path: 'src/app/a.ts', text: "import 'node:fs';\n" }, /must start with/],
      [{ path: 'src/app/a.ts', text: '// no sentence\n' }, /must start with/],
      [plant('src/app/utils.ts', ''), /says nothing/],
      [plant('src/app/index.ts', ''), /says nothing/],
      [plant('src/app/a.ts', `// ${'biome'}-ignore lint: no`), /a\.ts:3 biome/],
      [plant('test/a.test.ts', `it.${'skip'}('later', () => {});`), /a\.test\.ts:3/],
    ],
  },
  {
    says: 'nothing in the repository belongs to one machine',
    rule: machine,
    files: texts,
    planted: [
      [{ path: 'docs/a.md', text: `see /${'work'}/main/README.md` }, /a\.md:1/],
      [{ path: 'package-lock.json', text: `"${'resolved'}": "https://host/x.tgz"` }, /resolved/],
      [{ path: '.npmrc', text: `${'registry'}=https://npm.${'registry'}.example/` }, /registry/],
    ],
  },
  {
    says: 'every command in the guides exists',
    rule: commands,
    files: guides,
    planted: [
      [{ path: 'docs/a.md', text: 'Run `npm run lift-off`.' }, /a\.md:1 "npm run lift-off"/],
      [{ path: 'docs/a.md', text: 'First:\nnpm ci && npm land' }, /a\.md:2 "npm land"/],
    ],
  },
  {
    says: 'every link in the guides leads somewhere',
    rule: links,
    files: guides,
    planted: [[{ path: 'docs/a.md', text: '[here](nowhere.md)' }, /nowhere/]],
  },
];

describe('the house', () => {
  it('reads the files that it judges', () => {
    expect(source.length).toBeGreaterThan(40);
    expect(layouts.length).toBeGreaterThan(15);
    const found = importsOf(source);
    expect(found.length).toBeGreaterThan(150);
    const bot = found.filter(({ file }) => file.path === 'src/adapters/teams/bot.ts');
    expect(bot.map(({ library }) => library)).toEqual(expect.arrayContaining(['botbuilder', '@microsoft/teams-ai']));
    expect(bot.map(({ room }) => room)).toContain('app');
    expect(wordsRead(source).size).toBeGreaterThan(100);
  });

  for (const { says, rule, files, planted } of HOUSE) {
    it.each(
      planted.map(
        ([file, caught]) => [`${file.path}: ${file.text.split('\n').at(-2) ?? file.text}`, file, caught] as const,
      ),
    )(`${says}; a planted violation is seen in %s`, (_, file, caught) => {
      expect(rule([file]).join('\n')).toMatch(caught);
    });

    it(says, () => {
      expect(rule(files)).toEqual([]);
    });
  }

  it('says the same in every language, with the same slots', () => {
    expect(slots(en)).toEqual(expect.arrayContaining(slots(nl)));
    expect(slots(nl)).toEqual(expect.arrayContaining(slots(en)));
    expect(slots(nl)).toContain('forms.connect.choice/4');
  });

  it('lets a module take rooms, and words when it is asked', () => {
    const fine =
      'const { help } = locale;\nconst words = locale.items;\nexport const a = () => help.title + words.summary;';
    expect(wordsKept([plant('src/app/a.ts', fine)])).toEqual([]);
  });

  it('sees a sentence that nobody uses', () => {
    const rest = source.filter(({ path }) => !path.startsWith('src/app/'));
    expect(unusedWords([...rest, ...layouts]).join('\n')).toContain('locale.ts smallTalk.greeting');
  });

  it('draws every layout', () => {
    const drawing = source.filter(({ path }) => path.startsWith('src/cards/')).map(({ text }) => text);
    const named = layouts.map(({ path }) => posix.basename(path, '.json'));
    expect(named.filter((name) => !drawing.some((text) => text.includes(`fill('${name}'`)))).toEqual([]);
  });

  it('names every folder and file in the tree of README, and nothing else', () => {
    expect(tree([readme])).toEqual([]);
  });

  it('sees a tree that lies', () => {
    const lie = readme.text.replace(/^ {2}domain\/.*\n/m, '  domein/    the rules\n');
    expect(tree([{ path: 'README.md', text: lie }])).toEqual(
      expect.arrayContaining([
        'README.md: src/domein/ is in the tree, not on disk',
        'README.md: src/domain/ is not in the tree',
      ]),
    );
    expect(tree([{ path: 'README.md', text: '' }])).toContain('README.md: src/ is not in the tree');
  });

  it('has every program that a script starts', () => {
    const started = Object.values(packageJson.scripts).flatMap((script) => script.match(/[\w/-]+\.ts\b/g) ?? []);
    expect(started.length).toBeGreaterThan(2);
    expect(started.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('explains every setting in README', () => {
    const settings = [...read('src/config.ts').text.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name!);
    expect(settings.length).toBeGreaterThan(10);
    expect(settings.filter((name) => !readme.text.includes(`\`${name}\``))).toEqual([]);
  });

  it('keeps text, and pictures only where guides and the Teams package need them', () => {
    const binary = tracked.filter((path) => readFileSync(path).includes(0));
    expect(binary.filter((path) => !/^(docs\/(screens|gallery)|appPackage)\/[\w-]+\.png$/.test(path))).toEqual([]);
  });
});
