// Who may do what to a ticket: one table, asked on every door. Knows roles and relations, never names or configuration.

import type { ContactId, PersonId, ServiceId } from './terms.ts';

/**
 * What the house knows of somebody's rights; comes from the verified sender and our own records only. `contacts` are the
 * contacts of content/ that somebody is, by their e-mail address.
 */
export type Roles = {
  advisorOf: readonly ServiceId[];
  quality: boolean;
  administrator: boolean;
  contacts?: readonly ContactId[];
};
export type Person = { kind: 'person'; person: PersonId; name: string; roles: Roles };
export type Actor = Person | { kind: 'system' };

/** How an actor stands to one ticket. An advisor of another service has no relation to it. */
type Relation = 'requester' | 'advisor' | 'quality' | 'administrator' | 'system';

const PERMITTED = {
  read: ['requester', 'advisor', 'quality', 'administrator'],
  suggest: ['requester', 'system'],
  rate: ['requester'],
  route: ['requester'],
  reply: ['requester'],
  withdraw: ['requester'],
  survey: ['requester'],
  reopen: ['requester', 'advisor'],
  claim: ['advisor'],
  release: ['advisor'],
  'hand-over': ['advisor'],
  consult: ['advisor'],
  'ask-back': ['advisor'],
  refer: ['advisor'],
  answer: ['advisor'],
  close: ['advisor'],
  'log-time': ['advisor'],
  'correct-theme': ['advisor', 'quality'],
  propose: ['advisor', 'quality'],
  register: ['advisor', 'quality', 'system'],
  correct: ['advisor', 'quality'],
  retract: ['advisor', 'quality'],
  merge: ['advisor', 'quality'],
  unmerge: ['advisor', 'quality', 'system'],
  link: ['advisor', 'quality'],
  redact: ['administrator', 'system'],
  remind: ['system'],
  expire: ['system'],
} as const satisfies Record<string, readonly Relation[]>;

export type Verb = keyof typeof PERMITTED;
export const VERBS = Object.keys(PERMITTED) as Verb[];

/** Whom a right is about: who asked, when that is known, and the service that looks after the question. */
export type Subject = { requester?: PersonId | undefined; service: ServiceId };

/** True when the actor may use the verb on a ticket of this requester and service. Anything unknown is a no. */
export function may(actor: Actor, verb: Verb, ticket: Subject): boolean {
  const permitted: readonly Relation[] = Object.hasOwn(PERMITTED, verb) ? PERMITTED[verb] : [];
  if (actor.kind === 'system') return permitted.includes('system');
  return (
    (permitted.includes('requester') && actor.person === ticket.requester) ||
    (permitted.includes('advisor') && actor.roles.advisorOf.includes(ticket.service)) ||
    (permitted.includes('quality') && actor.roles.quality) ||
    (permitted.includes('administrator') && actor.roles.administrator)
  );
}

/** Things that are not about one ticket. */
const GENERAL = {
  'see-open-questions': (roles) => roles.advisorOf.length > 0,
  'register-questions': (roles) => roles.quality || roles.advisorOf.length > 0,
  'see-statistics': (roles) => roles.quality || roles.advisorOf.length > 0,
  'see-topics': (roles) => roles.quality || roles.advisorOf.length > 0,
  'decide-follow-up': (roles) => roles.quality,
  'write-items': (roles) => roles.quality || roles.advisorOf.length > 0,
  'offer-material': () => true,
  'register-channel': (roles) => roles.administrator,
  'see-contacts': (roles) => roles.administrator || roles.quality || roles.advisorOf.length > 0,
  'change-set-up': (roles) => roles.administrator,
  'redact-ticket': (roles) => roles.administrator,
  'manage-wordings': (roles) => roles.administrator,
} as const satisfies Record<string, (roles: Roles) => boolean>;

/** Whether somebody with these roles may do what is not about one ticket. */
export function mayIn(roles: Roles, task: keyof typeof GENERAL): boolean {
  return GENERAL[task](roles);
}

/**
 * How far the figures and lists of somebody reach, as filters: those of the quality team over everything, an advisor's
 * over their own services, whose questions they may read. Whatever is counted of it, nothing of another service follows.
 */
export function reachOf({ quality, advisorOf }: Roles): { services?: readonly ServiceId[] } {
  return quality ? {} : { services: advisorOf };
}

/** What somebody shows where all advisors of one service read along: what each of these may see, and no more. */
export function amongAdvisors({ contacts, advisorOf }: Roles, service: ServiceId): Roles {
  const own = advisorOf.filter((id) => id === service);
  return { advisorOf: own, quality: false, administrator: false, ...(contacts ? { contacts } : {}) };
}

/** True when somebody may say when this contact is away and who stands in: it is them, or they administer. */
export function mayStandIn(roles: Roles, contact: ContactId): boolean {
  return roles.administrator || (roles.contacts?.includes(contact) ?? false);
}

/** Who looks after a knowledge item: its owner, who stands in for them, and the coordinator of the service. */
export type Stewards = { service: ServiceId; contacts: readonly ContactId[] };

/** True when somebody may publish, change, send back or take away the items that these look after. */
export function mayReview(roles: Roles, { contacts }: Stewards): boolean {
  return roles.quality || contacts.some((id) => roles.contacts?.includes(id));
}

/** True when somebody may say that the regulation behind the theme that these look after changed. */
export function mayFlag(roles: Roles, stewards: Stewards): boolean {
  return roles.administrator || mayReview(roles, stewards);
}
