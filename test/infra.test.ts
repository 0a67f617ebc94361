// The templates for Azure: parsed, never compiled, and compared with what the program asks of its surroundings.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { CONTAINER } from '../src/adapters/storage/cosmos.ts';
import { readConfig } from '../src/config.ts';

const found = readdirSync('infra', { recursive: true, encoding: 'utf8' }).map((name) => join('infra', name));
const templates = found.filter((path) => path.endsWith('.bicep'));
const parameterFiles = found.filter((path) => path.endsWith('.bicepparam'));
const texts = new Map([...templates, ...parameterFiles].map((path) => [path, readFileSync(path, 'utf8')]));

let parser: Parser;
beforeAll(async () => {
  await Parser.init();
  parser = new Parser();
  parser.setLanguage(await Language.load('node_modules/tree-sitter-bicep/tree-sitter-bicep.wasm'));
});

/** The grammar knows templates. A value in a parameter file is written as a variable is in a template. */
function parse(path: string, text: string): Node {
  return parser.parse(path.endsWith('.bicepparam') ? text.replace(/^param (?=\w+ =)/gm, 'var ') : text)!.rootNode;
}
function nodesIn(node: Node): Node[] {
  return [node, ...node.children.flatMap((child) => (child ? nodesIn(child) : []))];
}
const nameOf = (node: Node): string => node.namedChildren[0]?.text ?? '';
const declarations = (root: Node, kind: string): Node[] =>
  root.namedChildren.filter((one) => one?.type === kind) as Node[];
const properties = (object: Node): Map<string, Node> =>
  new Map(
    object.namedChildren
      .filter((one): one is Node => one?.type === 'object_property')
      .map((one) => [nameOf(one).replaceAll("'", ''), one.namedChildren[1]!]),
  );
const objectOf = (declaration: Node): Node => nodesIn(declaration).find(({ type }) => type === 'object')!;

type Template = { params: string[]; required: string[]; outputs: string[] };
function readTemplate(root: Node): Template {
  const params = declarations(root, 'parameter_declaration');
  return {
    params: params.map(nameOf),
    // A parameter is a name and a type, and a value when it has a default.
    required: params.filter(({ namedChildCount }) => namedChildCount < 3).map(nameOf),
    outputs: declarations(root, 'output_declaration').map(nameOf),
  };
}

type Rule = (path: string, text: string) => string[];
const at = (path: string, node: Node): string => `${path}:${node.startPosition.row + 1}`;

const syntax: Rule = (path, text) =>
  nodesIn(parse(path, text)).flatMap((node) =>
    node.type === 'ERROR' || node.isMissing ? [`${at(path, node)} cannot be parsed: ${node.text.slice(0, 60)}`] : [],
  );

/** Names that are used and declared nowhere. */
const symbols: Rule = (path, text) => {
  const root = parse(path, text);
  const kinds = ['parameter_declaration', 'variable_declaration', 'resource_declaration', 'module_declaration'];
  const declared = new Set(kinds.flatMap((kind) => declarations(root, kind).map(nameOf)));
  const walk = (node: Node): string[] => {
    if (node.type === 'type' || node.type === 'decorators') return [];
    if (node.type === 'identifier') {
      return declared.has(node.text) ? [] : [`${at(path, node)} "${node.text}" is declared nowhere`];
    }
    const skipped = ['object_property', 'call_expression', 'output_declaration', ...kinds].includes(node.type) ? 1 : 0;
    const rest = node.namedChildren.slice(skipped) as Node[];
    const key = skipped === 1 && node.type === 'object_property' && node.namedChildren[0]?.type === 'string';
    return [...(key ? [node.namedChildren[0]!] : []), ...rest].flatMap(walk);
  };
  return walk(root);
};

/** What a module is given, against what it declares; what is read of it, against what it puts out. */
const modules: Rule = (path, text) => {
  const root = parse(path, text);
  return declarations(root, 'module_declaration').flatMap((declaration) => {
    const target = join(dirname(path), declaration.namedChildren[1]!.text.replaceAll("'", ''));
    if (!existsSync(target)) return [`${at(path, declaration)} ${target} is not there`];
    const template = readTemplate(parse(target, readFileSync(target, 'utf8')));
    const given = [...properties(properties(objectOf(declaration)).get('params')!).keys()];
    const name = nameOf(declaration);
    const read = [...text.matchAll(new RegExp(`\\b${name}!?\\.outputs\\.(\\w+)`, 'g'))].map(([, output]) => output!);
    return [
      ...given.filter((one) => !template.params.includes(one)).map((one) => `${path} ${name} has no parameter ${one}`),
      ...template.required.filter((one) => !given.includes(one)).map((one) => `${path} ${name} lacks ${one}`),
      ...read.filter((one) => !template.outputs.includes(one)).map((one) => `${path} ${name} puts out no ${one}`),
    ];
  });
};

const unused: Rule = (path, text) => {
  const { params } = readTemplate(parse(path, text));
  return params
    .filter((name) => (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length < 2)
    .map((name) => `${path} parameter ${name} is used nowhere`);
};

const values: Rule = (path, text) => {
  const main = readTemplate(parse('infra/main.bicep', texts.get('infra/main.bicep')!));
  const given = declarations(parse(path, text), 'variable_declaration').map(nameOf);
  return [
    ...given.filter((one) => !main.params.includes(one)).map((one) => `${path} main.bicep has no parameter ${one}`),
    ...main.required.filter((one) => !given.includes(one)).map((one) => `${path} lacks ${one}`),
  ];
};

/** No secret is made, read or passed on. */
const secrets: Rule = (path, text) =>
  [...text.matchAll(/listKeys|listConnectionStrings|\bCLIENT_SECRET\b|\bCOSMOS_KEY\b|password/gi)].map(
    ({ 0: one }) => `${path} has "${one}": every door is opened by an identity`,
  );

const sentence: Rule = (path, text) => (/^\/\/ \p{Lu}.*\.\n/u.test(text) ? [] : [`${path} must say what it is`]);

describe('the templates', () => {
  const rules: [string, Rule, string[], (text: string) => string, RegExp][] = [
    [
      'can be parsed',
      syntax,
      [...templates, ...parameterFiles],
      (t) => t.replace(': location', ' location'),
      /cannot be/,
    ],
    ['use what is declared', symbols, templates, (t) => t.replace(': location', ': locatoin'), /"locatoin" is/],
    [
      'give modules what they ask',
      modules,
      ['infra/main.bicep'],
      (t) => t.replace('days: logDays', 'dys: 1'),
      /no parameter dys/,
    ],
    ['use every parameter', unused, templates, (t) => `param spare string\n${t}`, /spare is used nowhere/],
    ['hold no secret', secrets, [...templates, ...parameterFiles], (t) => `${t}\nvar k = a.listKeys()`, /listKeys/],
    ['say what they are', sentence, [...templates, ...parameterFiles], (t) => t.slice(1), /must say/],
  ];
  it.each(rules)('%s, and a planted fault is seen', (_, rule, paths, plant, says) => {
    expect(paths.flatMap((path) => rule(path, texts.get(path)!))).toEqual([]);
    expect(rule('infra/main.bicep', plant(texts.get('infra/main.bicep')!)).join('\n')).toMatch(says);
  });

  it('are given values that they know', () => {
    expect(parameterFiles).toHaveLength(2);
    for (const path of parameterFiles) expect(values(path, texts.get(path)!)).toEqual([]);
    const [path = ''] = parameterFiles;
    expect(values(path, texts.get(path)!.replace('param admins', 'param admin'))).toEqual([
      `${path} main.bicep has no parameter admin`,
      `${path} lacks admins`,
    ]);
  });

  it('make the container that the store asks for', () => {
    expect(JSON.parse(readFileSync('infra/container.json', 'utf8'))).toEqual(CONTAINER);
  });

  it('give the toolkit the parameters that there are', () => {
    const { parameters } = JSON.parse(readFileSync('infra/toolkit.parameters.json', 'utf8'));
    const { params, required } = readTemplate(parse('infra/main.bicep', texts.get('infra/main.bicep')!));
    expect(Object.keys(parameters).filter((name) => !params.includes(name))).toEqual([]);
    expect(required.filter((name) => !(name in parameters))).toEqual([]);
  });
});

describe('the settings of the app', () => {
  const SAMPLES: Record<string, string> = {
    COSMOS_ENDPOINT: 'https://account.documents.azure.com:443/',
    PUBLIC_URL: 'https://helpdesk.example.be',
    TAB_HOST: 'helpdesk.example.be',
    HELPDESK_LANGUAGE: 'nl',
    RETENTION_DAYS: '60',
    OTEL_EXPORTER_OTLP_ENDPOINT: '',
  };
  /** Of the platform, not of the program. */
  const PLATFORM = /^(WEBSITE_|WEBSITES_|SCM_)/;
  const names = [...readFileSync('src/config.ts', 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name!);

  /** What the app gets: a text as it stands, and a sample for what is only known when it is deployed. */
  function given(): Record<string, string> {
    const root = parse('infra/modules/web.bicep', texts.get('infra/modules/web.bicep')!);
    const settings = declarations(root, 'resource_declaration').find((one) => nameOf(one) === 'appSettings')!;
    return Object.fromEntries(
      [...properties(properties(objectOf(settings)).get('properties')!)].map(([name, value]) => {
        const literal = /^'([^$']*)'$/.exec(value.text)?.[1];
        return [name, literal ?? SAMPLES[name] ?? 'sample'];
      }),
    );
  }

  it('have names that the program reads', () => {
    expect(Object.keys(given()).filter((name) => !names.includes(name) && !PLATFORM.test(name))).toEqual([]);
  });

  it('are enough to start with, without a secret', () => {
    const config = readConfig(given(), false);
    expect(config.credentials).toMatchObject({ type: 'UserAssignedMsi', tabHost: 'helpdesk.example.be' });
    expect(config.credentials).not.toHaveProperty('clientSecret');
    expect(config.store).toMatchObject({ kind: 'cosmos', identity: 'sample' });
    expect(config.ledgerFolder).toBe('/home/helpdesk');
    expect(config.proxies).toBe(1);
  });

  it.each(['CLIENT_ID', 'TENANT_ID', 'BOT_TYPE'])('would not do without %s', (name) => {
    expect(() => readConfig({ ...given(), [name]: undefined }, false)).toThrow(/missing/);
  });
});
