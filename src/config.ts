// The only reader of the environment: one schema, which names every setting that is missing or wrong at start.

import { z } from 'zod/v4';
import type { Appointed } from './app/ports.ts';

const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').flatMap((part) => part.trim().toLowerCase() || []));
const set = list.transform((parts) => new Set(parts));

const schema = z.object({
  PORT: z.coerce.number('must be a number, for example 3978').int().min(0).max(65_535).default(3978),
  HOST: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  CONTENT_DIR: z.string().min(1).default('./content'),
  ADMINS: set,
  QUALITY_TEAM: set,
  HELPDESK_MODE: z.enum(['local', 'teams'], 'must be "local" or "teams"').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  CLIENT_ID: z.string().optional(),
  TENANT_ID: z.string().optional(),
  CLIENT_SECRET: z.string().optional(),
  BOT_TYPE: z
    .enum(['SingleTenant', 'UserAssignedMsi'], 'must be "SingleTenant" or "UserAssignedMsi"')
    .default('SingleTenant'),
});

export type Credentials = {
  clientId: string;
  tenantId: string;
  type: 'SingleTenant' | 'UserAssignedMsi';
  clientSecret?: string;
};

export type Config = {
  port: number;
  host: string;
  dataFolder: string;
  contentFolder: string;
  appointed: Appointed;
  logLevel: string;
  /** Absent in local mode, which binds to loopback only and serves the playground. */
  credentials?: Credentials;
};

type Environment = Record<string, string | undefined>;

/** What the command line needs, which runs beside a helpdesk and needs no credentials. */
export function readFolders(env: Environment = process.env): Pick<Config, 'dataFolder' | 'contentFolder'> {
  const settings = schema.pick({ DATA_DIR: true, CONTENT_DIR: true }).parse(filled(env));
  return { dataFolder: settings.DATA_DIR, contentFolder: settings.CONTENT_DIR };
}

/** An empty setting counts as one that is not there. */
function filled(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Thrown with one line per wrong setting, for the operator. */
export class ConfigError extends Error {}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/**
 * Reads the settings, by default from the environment. `localByDefault` is what `npm start` asks for: without credentials it chooses local mode,
 * where a deployment without credentials refuses to start.
 */
export function readConfig(env: Environment | undefined, localByDefault: boolean): Config {
  const parsed = schema.safeParse(filled(env ?? process.env));
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  }
  const settings = parsed.data;
  const common = {
    port: settings.PORT,
    dataFolder: settings.DATA_DIR,
    contentFolder: settings.CONTENT_DIR,
    appointed: { administrators: settings.ADMINS, quality: settings.QUALITY_TEAM },
    logLevel: settings.LOG_LEVEL,
  };
  const local =
    settings.HELPDESK_MODE === 'local' ||
    (settings.HELPDESK_MODE === undefined && localByDefault && !settings.CLIENT_ID);
  if (local) {
    if (settings.CLIENT_ID) {
      throw new ConfigError(
        'HELPDESK_MODE: "local" skips sign-in and cannot be combined with CLIENT_ID; unset one of them',
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
  if (missing.length > 0) {
    throw new ConfigError(
      [...missing, 'or set HELPDESK_MODE=local to try the helpdesk on this machine without credentials'].join('\n'),
    );
  }
  return {
    ...common,
    host: settings.HOST ?? '0.0.0.0',
    credentials: {
      clientId: settings.CLIENT_ID!,
      tenantId: settings.TENANT_ID!,
      type: settings.BOT_TYPE,
      ...(settings.CLIENT_SECRET ? { clientSecret: settings.CLIENT_SECRET } : {}),
    },
  };
}
