// The only reader of the environment: one schema, which names every setting that is missing or wrong at start.

import { z } from 'zod/v4';
import { type TrustedProxies, wrongProxy } from './adapters/http/caller.ts';
import type { ModelSettings } from './adapters/models/azure-openai.ts';
import type { StoreSettings } from './adapters/storage/open.ts';
import type { Appointed } from './app/ports.ts';
import type { Terms } from './app/privacy/retention.ts';
import { type Limit, TEAMS_LIMITS } from './app/running/pace.ts';
import { LANGUAGES, type Language } from './locale/locale.ts';

const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((part) => part.trim().toLowerCase() || []));
const set = list.transform((parts) => new Set(parts));

const perMinute = z.coerce.number('must be a number per minute, for example 60').int().min(1).optional();
const limitOf = (part: string): Limit => {
  const [calls = 0, seconds = 0] = part.split('/').map(Number);
  return { calls, withinMs: seconds * 1_000 };
};

/** More proxies than this in a row is a mistake, and each one too many lets callers write their own address. */
const MOST_HOPS = 5;

function proxiesOf(parts: string[], context: z.RefinementCtx): TrustedProxies | undefined {
  const [only = '', ...others] = parts;
  const hops = others.length === 0 && /^\d+$/.test(only) ? Number(only) : undefined;
  if (only === '' || hops === 0) return undefined;
  if (hops !== undefined && hops <= MOST_HOPS) return hops;
  if (hops === undefined && wrongProxy(parts) === undefined) return parts;
  context.addIssue(
    `must be how many proxies stand in front, at most ${MOST_HOPS}, or their addresses or networks (/8 at the widest), separated by commas`,
  );
  return z.NEVER;
}

const days = z.coerce.number('must be a number of days, for example 60').int().min(1).max(3_650);

const schema = z.object({
  PORT: z.coerce.number('must be a number, for example 3978').int().min(0).max(65_535).default(3978),
  HOST: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  CONTENT_DIR: z.string().min(1).default('./content'),
  HELPDESK_LANGUAGE: z.enum(LANGUAGES, `must be one of ${LANGUAGES.join(', ')}`).default('nl'),
  ADMINS: set,
  QUALITY_TEAM: set,
  HELPDESK_MODE: z.enum(['local', 'teams'], 'must be "local" or "teams"').optional(),
  RETENTION_DAYS: days.default(60),
  WORDING_TERM_DAYS: days.default(3 * 365),
  AUDIT_TERM_DAYS: days.default(5 * 365),
  RATE_LIMIT_PER_PERSON: perMinute,
  RATE_LIMIT_PER_TENANT: perMinute,
  TRUSTED_PROXIES: list.transform(proxiesOf),
  RERANK_URL: z
    .string()
    .refine(isSafe, 'must be an https address, or http on loopback for a service on this machine')
    .optional(),
  DRAFT_ENDPOINT: z
    .string()
    .refine(isSafe, 'must be the https address of an Azure OpenAI resource, or http on loopback for a stand-in')
    .optional(),
  DRAFT_DEPLOYMENT: z.string().optional(),
  DRAFT_KEY: z.string().optional(),
  PUBLIC_URL: z
    .string()
    .refine(
      isSafe,
      'must be the https address under which people reach the helpdesk, for example https://helpdesk.example.org',
    )
    .optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  CLIENT_ID: z.string().optional(),
  TENANT_ID: z.string().optional(),
  CLIENT_SECRET: z.string().optional(),
  BOT_OPENID_METADATA: z.string().default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  SIGN_IN_METADATA: z.string().optional(),
  TAB_HOST: z.string().toLowerCase().optional(),
  TAB_CLIENT_ID: z.string().toLowerCase().optional(),
  LEDGER_DIR: z.string().min(1).optional(),
  SERVICE_URL_HOSTS: set,
  ALLOWED_TENANTS: set,
  BOT_TYPE: z
    .enum(['SingleTenant', 'UserAssignedMsi'], 'must be "SingleTenant" or "UserAssignedMsi"')
    .default('SingleTenant'),
  PACE: z
    .string()
    .regex(/^\d+\/\d+(,\d+\/\d+)*$/, 'must be calls/seconds, for example 7/1,60/30,1800/3600')
    .transform((value) => value.split(',').map(limitOf))
    .default(TEAMS_LIMITS),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the address of a collector, for example http://127.0.0.1:4318' })
    .optional(),
  COSMOS_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be the address of an account, https://…' }).optional(),
  COSMOS_DATABASE: z.string().default('helpdesk'),
  COSMOS_CONTAINER: z.string().default('documents'),
  COSMOS_KEY: z.string().optional(),
  AZURE_CLIENT_ID: z.string().optional(),
});
const places = schema.pick({
  RETENTION_DAYS: true,
  WORDING_TERM_DAYS: true,
  AUDIT_TERM_DAYS: true,
  DATA_DIR: true,
  LEDGER_DIR: true,
  CONTENT_DIR: true,
  HELPDESK_LANGUAGE: true,
  COSMOS_ENDPOINT: true,
  COSMOS_DATABASE: true,
  COSMOS_CONTAINER: true,
  COSMOS_KEY: true,
  AZURE_CLIENT_ID: true,
});

export type Credentials = {
  clientId: string;
  tenantId: string;
  type: 'SingleTenant' | 'UserAssignedMsi';
  clientSecret?: string;
  /** Where the keys of the connector are published. */
  openIdMetadata: string;
  /** Where the keys are published with which the directory signs people in to the dashboard. */
  signInMetadata: string;
  /** Host of the dashboard's tab, as the Teams package names it. */
  tabHost?: string;
  /** The registration with which people sign in to the dashboard; the bot's own unless told. */
  tabClientId: string;
  /** Hosts of the connector besides the ones of Teams. */
  serviceHosts: ReadonlySet<string>;
  /** Tenants whose people may use the bot. */
  tenants: ReadonlySet<string>;
};

export type Config = {
  port: number;
  host: string;
  dataFolder: string;
  /** Where it is noted what was erased: on a disk that stays, apart from the store and its backups. */
  ledgerFolder: string;
  contentFolder: string;
  /** What everybody here is spoken to in. */
  language: Language;
  store: StoreSettings;
  /** Where metrics and traces go; absent when nowhere. */
  telemetry?: string;
  /** How many calls a conversation may have. */
  pace: Limit[];
  appointed: Appointed;
  /** How long what is kept. */
  terms: Terms;
  /** Messages and presses a minute; absent without a limit. */
  rateLimits: { person?: number; tenant?: number };
  /** What stands in front and may say where a request comes from. */
  proxies?: TrustedProxies;
  /** A service that puts choices in order; absent: nothing is sent anywhere. */
  rerankUrl?: string;
  /** A language model that drafts answers for advisors; absent: nothing is sent anywhere. */
  model?: ModelSettings;
  /** Where people reach this server from outside, for links to the survey; in local mode its own address. */
  publicUrl?: string;
  logLevel: string;
  /** Absent in local mode, which binds to loopback only and serves the playground. */
  credentials?: Credentials;
};

type Environment = Record<string, string | undefined>;

/**
 * What the command line needs, which runs beside a helpdesk and needs no credentials. `local` is false as soon as a
 * setting says that this is a real helpdesk.
 */
export function readFolders(env: Environment = process.env): Pick<
  Config,
  'dataFolder' | 'ledgerFolder' | 'contentFolder' | 'language' | 'store' | 'terms'
> & {
  local: boolean;
} {
  const settings = parse(places, env);
  return {
    dataFolder: settings.DATA_DIR,
    ledgerFolder: settings.LEDGER_DIR ?? settings.DATA_DIR,
    contentFolder: settings.CONTENT_DIR,
    language: settings.HELPDESK_LANGUAGE,
    store: storeOf(settings),
    terms: termsOf(settings),
    local: !(env.CLIENT_ID || env.COSMOS_ENDPOINT || env.HELPDESK_MODE === 'teams'),
  };
}

function parse<Shape extends z.ZodType>(shape: Shape, env: Environment): z.infer<Shape> {
  const parsed = shape.safeParse(filled(env));
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}

const termsOf = (settings: z.infer<typeof places>): Terms => ({
  texts: settings.RETENTION_DAYS,
  wordings: settings.WORDING_TERM_DAYS,
  audit: settings.AUDIT_TERM_DAYS,
});

/** Names under which an emulator is reached from a container beside it. */
const EMULATORS = new Set(['host.docker.internal', 'cosmosdb', 'cosmosdb-emulator']);

/** A key opens an emulator only: an account is opened with a managed identity, and its keys are switched off. */
function storeOf(settings: z.infer<typeof places>): StoreSettings {
  const { COSMOS_ENDPOINT: endpoint, COSMOS_KEY: key } = settings;
  if (!endpoint) return { kind: 'sqlite', folder: settings.DATA_DIR };
  const { protocol, hostname } = new URL(endpoint);
  const here = LOOPBACK.has(hostname.replace(/^\[|\]$/g, ''));
  if (key && !here && !EMULATORS.has(hostname)) {
    throw new ConfigError(
      `COSMOS_KEY: opens an emulator only; unset it and give the managed identity of this app a role on ${hostname}`,
    );
  }
  if (protocol !== 'https:' && !(key && here)) {
    throw new ConfigError('COSMOS_ENDPOINT: must be https; only an emulator on this machine may be reached without');
  }
  return {
    kind: 'cosmos',
    endpoint,
    database: settings.COSMOS_DATABASE,
    container: settings.COSMOS_CONTAINER,
    ...(key ? { key } : {}),
    ...(settings.AZURE_CLIENT_ID ? { identity: settings.AZURE_CLIENT_ID } : {}),
  };
}

/** A key opens a stand-in on this machine only: Azure OpenAI is opened with the managed identity. */
function modelOf(settings: z.infer<typeof schema>): { model?: ModelSettings } {
  const { DRAFT_ENDPOINT: endpoint, DRAFT_DEPLOYMENT: deployment, DRAFT_KEY: key } = settings;
  if (!endpoint) {
    if (deployment || key) throw new ConfigError('DRAFT_ENDPOINT: missing; unset DRAFT_DEPLOYMENT and DRAFT_KEY too');
    return {};
  }
  if (!deployment) throw new ConfigError('DRAFT_DEPLOYMENT: missing; the name of the deployment in DRAFT_ENDPOINT');
  const here = LOOPBACK.has(new URL(endpoint).hostname.replace(/^\[|\]$/g, ''));
  if (key && !here) {
    throw new ConfigError(
      'DRAFT_KEY: opens a stand-in on this machine only; unset it and give the managed identity of this app a role on the resource',
    );
  }
  if (here && !key) throw new ConfigError('DRAFT_KEY: missing; a stand-in on this machine is opened with a key');
  const identity = settings.AZURE_CLIENT_ID ? { identity: settings.AZURE_CLIENT_ID } : {};
  return { model: { endpoint, deployment, ...(key ? { key } : identity) } };
}

/** An empty setting counts as one that is not there. */
function filled(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Thrown with one line per wrong setting, for the operator. */
export class ConfigError extends Error {}

/** What a deployment allows a minute: far more than a person types, and a whole network on a busy morning. */
const PER_PERSON = 60;
const PER_TENANT = 6_000;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/**
 * Reads the settings, by default from the environment. `localByDefault` is what `npm start` asks for: without credentials it chooses local mode,
 * where a deployment without credentials refuses to start.
 */
export function readConfig(env: Environment | undefined, localByDefault: boolean): Config {
  const settings = parse(schema, env ?? process.env);
  const common = {
    port: settings.PORT,
    dataFolder: settings.DATA_DIR,
    ledgerFolder: settings.LEDGER_DIR ?? settings.DATA_DIR,
    contentFolder: settings.CONTENT_DIR,
    language: settings.HELPDESK_LANGUAGE,
    store: storeOf(settings),
    pace: settings.PACE,
    ...(settings.OTEL_EXPORTER_OTLP_ENDPOINT ? { telemetry: settings.OTEL_EXPORTER_OTLP_ENDPOINT } : {}),
    appointed: { administrators: settings.ADMINS, quality: settings.QUALITY_TEAM },
    terms: termsOf(settings),
    rateLimits: {
      ...(settings.RATE_LIMIT_PER_PERSON ? { person: settings.RATE_LIMIT_PER_PERSON } : {}),
      ...(settings.RATE_LIMIT_PER_TENANT ? { tenant: settings.RATE_LIMIT_PER_TENANT } : {}),
    },
    ...(settings.RERANK_URL ? { rerankUrl: settings.RERANK_URL } : {}),
    ...modelOf(settings),
    ...(settings.PUBLIC_URL ? { publicUrl: settings.PUBLIC_URL } : {}),
    logLevel: settings.LOG_LEVEL,
  };
  const proxies = settings.TRUSTED_PROXIES;
  const local =
    settings.HELPDESK_MODE === 'local' ||
    (settings.HELPDESK_MODE === undefined && localByDefault && !settings.CLIENT_ID);
  if (local) {
    if (settings.CLIENT_ID) {
      throw new ConfigError(
        'HELPDESK_MODE: "local" skips sign-in and cannot be combined with CLIENT_ID; unset one of them',
      );
    }
    if (proxies) {
      throw new ConfigError(
        'TRUSTED_PROXIES: local mode skips sign-in and has no proxy in front; unset it, or give the credentials of a bot',
      );
    }
    const host = settings.HOST ?? '127.0.0.1';
    if (!LOOPBACK.has(host)) {
      throw new ConfigError(
        `HOST: local mode skips sign-in and listens on loopback only; unset HOST or use 127.0.0.1 (now ${host})`,
      );
    }
    return { ...common, host };
  }
  const missing = [
    ...(settings.CLIENT_ID ? [] : ['CLIENT_ID: missing; the application id of the bot']),
    ...(settings.TENANT_ID ? [] : ['TENANT_ID: missing; the directory in which the bot is registered']),
    ...(settings.BOT_TYPE === 'SingleTenant' && !settings.CLIENT_SECRET
      ? ['CLIENT_SECRET: missing; needed with BOT_TYPE=SingleTenant']
      : []),
  ];
  if (!isSafe(settings.BOT_OPENID_METADATA)) {
    missing.push('BOT_OPENID_METADATA: must be an https address, or http on loopback for a stand-in on this machine');
  }
  const signInMetadata =
    settings.SIGN_IN_METADATA ??
    `https://login.microsoftonline.com/${settings.TENANT_ID}/v2.0/.well-known/openid-configuration`;
  if (!isSafe(signInMetadata)) {
    missing.push('SIGN_IN_METADATA: must be an https address, or http on loopback for a stand-in on this machine');
  }
  if (settings.TAB_HOST && !isHost(settings.TAB_HOST)) {
    missing.push(`TAB_HOST: "${settings.TAB_HOST}" is no host; write the host name only, as in the Teams package`);
  }
  const wrong = [...settings.SERVICE_URL_HOSTS].find((host) => !isHost(host));
  if (wrong !== undefined) {
    missing.push(
      `SERVICE_URL_HOSTS: "${wrong}" is no host; write host names only, without https:// and without a path`,
    );
  }
  if (missing.length > 0) {
    throw new ConfigError(
      [...missing, 'or set HELPDESK_MODE=local to try the helpdesk on this machine without credentials'].join('\n'),
    );
  }
  return {
    ...common,
    rateLimits: { person: PER_PERSON, tenant: PER_TENANT, ...common.rateLimits },
    host: settings.HOST ?? '0.0.0.0',
    ...(proxies ? { proxies } : {}),
    credentials: {
      clientId: settings.CLIENT_ID!,
      tenantId: settings.TENANT_ID!,
      type: settings.BOT_TYPE,
      ...(settings.CLIENT_SECRET ? { clientSecret: settings.CLIENT_SECRET } : {}),
      openIdMetadata: settings.BOT_OPENID_METADATA,
      signInMetadata,
      ...(settings.TAB_HOST ? { tabHost: settings.TAB_HOST } : {}),
      tabClientId: settings.TAB_CLIENT_ID ?? settings.CLIENT_ID!,
      serviceHosts: settings.SERVICE_URL_HOSTS,
      tenants:
        settings.ALLOWED_TENANTS.size > 0 ? settings.ALLOWED_TENANTS : new Set([settings.TENANT_ID!.toLowerCase()]),
    },
  };
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname.replace(/^\[|\]$/g, '')));
}

function isHost(host: string): boolean {
  return URL.canParse(`https://${host}`) && new URL(`https://${host}`).host === host.replace(/:443$/, '');
}
