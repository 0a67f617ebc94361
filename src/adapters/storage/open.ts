// Opens the store that the settings ask for. Knows both kinds, and loads the library of the one that is used.

import { join } from 'node:path';
import type { Clock, Store } from '../../app/ports.ts';
import { checked } from './records.ts';

export type StoreSettings =
  | { kind: 'sqlite'; folder: string }
  | {
      kind: 'cosmos';
      endpoint: string;
      database: string;
      container: string;
      /** Of an emulator. Without it the managed identity of this app opens the account. */
      key?: string;
      /** The client id of a user-assigned managed identity; the system-assigned one without. */
      identity?: string;
    };

type OnCharge = (operation: string, ru: number) => void;

/**
 * Rejects with an Error for operators. `onDamaged` hears of every document that is left out of a list, `onCharge` of
 * the request units of every answer of Cosmos DB.
 */
export async function openStore(
  settings: StoreSettings,
  clock: Clock,
  onDamaged: (message: string) => void,
  onCharge?: OnCharge,
): Promise<Store> {
  return checked(await openAsIs(settings, clock, onCharge), onDamaged);
}

/** The same without the check on what a document holds: to move documents, damaged ones too. */
export async function openAsIs(settings: StoreSettings, clock: Clock, onCharge?: OnCharge): Promise<Store> {
  if (settings.kind === 'sqlite') {
    const { openSqlite } = await import('./sqlite.ts');
    return openSqlite(sqliteFile(settings.folder), clock);
  }
  const { key, endpoint, database, container } = settings;
  const { createContainer, openCosmos } = await import('./cosmos.ts');
  if (key) await createContainer({ endpoint, key, database, container });
  return openCosmos({
    endpoint,
    database,
    container,
    clock,
    ...(key ? { key } : { credential: await managedIdentity(settings.identity) }),
    ...(onCharge ? { onCharge } : {}),
  });
}

export const sqliteFile = (folder: string): string => join(folder, 'helpdesk.sqlite');

async function managedIdentity(clientId: string | undefined) {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return new ManagedIdentityCredential(clientId ? { clientId } : {});
}
