// Who plays in the playground, as data: roles, not people, and the channels they share. Knows no protocol.

import { account, type Channel, type Member } from './connector.ts';

/** One role to play. `key` names it in the page's addresses; the ids stay the same over restarts. */
export type Persona = Member & { key: string; kind: 'requester' | 'advisor' | 'quality' | 'administrator' };

/** A channel with what it is for, and what the administrator says in it at start-up to make it so. */
export type ServiceChannel = Channel & { service: string; says: string };

export const PLAYGROUND_TENANT = '5d0f4b62-6b0c-4c1b-9a53-3f1c5d8f7a20';

const persona = (nr: number, key: string, kind: Persona['kind'], name: string, email: string): Persona => ({
  ...account({
    aadObjectId: `7c1e6a90-52d4-4e8b-8f3a-0000000000${String(nr).padStart(2, '0')}`,
    name,
    email: `${email}@example.org`,
    tenantId: PLAYGROUND_TENANT,
  }),
  key,
  kind,
});

const dossier = persona(4, 'dossier', 'advisor', 'Adviseur dossier (POC+)', 'dossier');
const secrecy = persona(5, 'beroepsgeheim', 'advisor', 'Adviseur beroepsgeheim (POC+)', 'beroepsgeheim');
const maths = persona(6, 'wiskunde', 'advisor', 'Adviseur wiskunde (PBD-GO!)', 'wiskunde');
/** Whose dashboard local mode opens. */
export const QUALITY: Persona = persona(7, 'kwaliteitsteam', 'quality', 'Kwaliteitsteam', 'kwaliteitsteam');
/** Says at start-up which channel is whose. */
export const ADMINISTRATOR: Persona = persona(8, 'beheerder', 'administrator', 'Beheerder', 'beheerder');

export const PERSONAS: readonly Persona[] = [
  persona(1, 'clb-gent', 'requester', 'Vraagsteller CLB Gent', 'vraagsteller.gent'),
  persona(2, 'clb-kortrijk', 'requester', 'Vraagsteller CLB Kortrijk', 'vraagsteller.kortrijk'),
  persona(3, 'school', 'requester', 'Vraagsteller GO! school', 'vraagsteller.school'),
  dossier,
  secrecy,
  maths,
  QUALITY,
  ADMINISTRATOR,
];

const channel = (service: string, says: string, name: string, members: Persona[]): ServiceChannel => ({
  id: `19:${service}@thread.tacv2`,
  name,
  team: { id: `19:team-${service}@thread.tacv2`, name },
  service,
  says,
  members: members.map((member) => member.aadObjectId),
});

export const SERVICE_CHANNELS: readonly ServiceChannel[] = [
  channel('poc-plus', 'adviseurskanaal poc-plus', 'Adviseurs POC+', [dossier, secrecy, QUALITY, ADMINISTRATOR]),
  channel('pbd-go', 'adviseurskanaal pbd-go', 'Adviseurs PBD-GO!', [maths, QUALITY, ADMINISTRATOR]),
  channel('kwaliteit', 'kwaliteitskanaal', 'Kwaliteitsteam', [QUALITY, ADMINISTRATOR]),
];
