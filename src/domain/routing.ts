// From a question to the contact who looks after it, and whom to remind when nobody takes it. Pure.

import type {
  Absence,
  Audience,
  Centre,
  CentreId,
  Contact,
  ContactId,
  Day,
  FunctionId,
  Instant,
  JobFunction,
  Service,
  ServiceId,
  Theme,
  ThemeId,
  WorkingCalendar,
} from './terms.ts';
import { type ReminderStep, remindersSinceOpen, type Ticket } from './ticket.ts';
import { addWorkingHours } from './working-time.ts';

/** What routing looks at; the whole content/ fits. Services are in order of preference and never empty. */
export type Directory = {
  services: Service[];
  themes: Theme[];
  contacts: Contact[];
  centres: Centre[];
  functions: JobFunction[];
};

export type Route = {
  service: ServiceId;
  contact: ContactId;
  /** What decided: the contact of the theme, the SPOC+ of the centre, or the service's reception. */
  via: 'theme' | 'centre' | 'reception';
};

/** Whom a function belongs to: CLB or school; undefined of a function that is not known. */
export function audienceOf(directory: Directory, job: FunctionId | undefined): Audience | undefined {
  return directory.functions.find(({ id }) => id === job)?.audience;
}

/** The service follows from the requester's audience, and only when that is unknown from the theme. */
export function serviceFor(directory: Directory, job: FunctionId | undefined, theme?: ThemeId): ServiceId {
  const audience = audienceOf(directory, job);
  const byAudience = audience && directory.services.find((service) => service.audience.includes(audience));
  const byTheme = directory.themes.find(({ id }) => id === theme)?.service;
  return byAudience?.id ?? byTheme ?? directory.services[0]!.id;
}

/** Theme's contact, else the centre's SPOC+, else reception; absent contacts are skipped for their substitute. */
export function findRoute(
  directory: Directory,
  about: { theme?: ThemeId | undefined; function?: FunctionId | undefined; centre?: CentreId | undefined },
  today: Day,
): Route {
  const { theme, centre } = about;
  const service = directory.services.find(({ id }) => id === serviceFor(directory, about.function, theme))!;
  const own = directory.contacts.filter((contact) => contact.service === service.id);
  const firstPresent = (contacts: Contact[]): ContactId | undefined => {
    for (const { id } of contacts) {
      const present = presentContact(directory, id, today);
      if (present) return present;
    }
    return undefined;
  };
  // A SPOC+ lists themes too, but dispatches for a region: it is found through the centre.
  const ofTheme = own.filter(({ themes, centres }) => theme && themes.includes(theme) && centres.length === 0);
  // Reception lists themes that somebody else looks after as well, and is the last resort there too.
  const byTheme = firstPresent([
    ...ofTheme.filter(({ id }) => id !== service.reception),
    ...ofTheme.filter(({ id }) => id === service.reception),
  ]);
  if (byTheme) return { service: service.id, contact: byTheme, via: 'theme' };
  const byCentre = firstPresent(own.filter(({ centres }) => centre && centres.includes(centre)));
  if (byCentre) return { service: service.id, contact: byCentre, via: 'centre' };
  return { service: service.id, contact: receptionOf(directory, service, today), via: 'reception' };
}

/** Somebody has to be named: when reception and all its substitutes are absent it is reception after all. */
function receptionOf(directory: Directory, { reception }: Service, today: Day): ContactId {
  return presentContact(directory, reception, today) ?? reception;
}

/** The contact itself or the first present one along its substitutes; undefined when all are absent. Cycles end. */
export function presentContact(directory: Directory, start: ContactId, today: Day): ContactId | undefined {
  const tried = new Set<ContactId>();
  let next: ContactId | undefined = start;
  while (next && !tried.has(next)) {
    tried.add(next);
    const contact: Contact | undefined = directory.contacts.find(({ id }) => id === next);
    const away = contact && absenceOn(contact, today);
    if (contact && !away) return contact.id;
    next = away?.substitute ?? contact?.substitute;
  }
  return undefined;
}

/** The absence that a contact is in; of several that overlap the one that was noted last. */
export function absenceOn(contact: Contact, today: Day): Absence | undefined {
  return contact.absences.findLast(({ from, to }) => from <= today && today <= to);
}

/** Whose question this is by rights when they are away, until when, and who has it meanwhile; undefined when nobody is away. */
export function standIn(
  directory: Directory,
  { theme, contact, service }: Pick<Ticket, 'theme' | 'contact' | 'service'>,
  today: Day,
): { absent: Contact; until: Day; now: Contact } | undefined {
  const of = (id: ContactId | undefined) => directory.contacts.find((one) => one.id === id);
  const own = of(contact);
  // A question that came during the absence went to the substitute at once.
  const ofTheme = directory.contacts.filter(
    (one) => theme && one.service === service && one.themes.includes(theme) && one.centres.length === 0,
  );
  for (const absent of [own, ...ofTheme]) {
    const away = absent && absenceOn(absent, today);
    const now = away && of(presentContact(directory, absent.id, today));
    if (now && (absent === own || now === own)) return { absent, until: away.to, now };
  }
  return undefined;
}

export type Reminder = { step: ReminderStep; at: Instant; contact: ContactId };

/** What comes next for an open ticket that nobody takes; undefined when all steps were taken or it is not open. */
export function nextReminder(
  directory: Directory,
  calendar: WorkingCalendar,
  ticket: Ticket,
  today: Day,
): Reminder | undefined {
  const { state, contact } = ticket;
  if (state.kind !== 'open' || !contact) return undefined;
  const service = directory.services.find(({ id }) => id === ticket.service);
  if (!service) return undefined;
  // Whoever went away after the question came is not reminded: who stands in is.
  const first = presentContact(directory, contact, today) ?? contact;
  const named = directory.contacts.find(({ id }) => id === first)?.substitute;
  const present = named && presentContact(directory, named, today);
  // Two contacts may stand in for each other: whoever was reminded already is not their own substitute.
  const substitute = present && present !== first ? present : receptionOf(directory, service, today);
  const { remindAfter, substituteAfter, coordinatorAfter } = service.escalation;
  const plan: { step: ReminderStep; hours: number; contact: ContactId }[] = [
    { step: 'contact', hours: remindAfter, contact: first },
    { step: 'substitute', hours: substituteAfter, contact: substitute },
    { step: 'coordinator', hours: coordinatorAfter, contact: service.coordinator },
  ];
  const taken = remindersSinceOpen(ticket);
  const next = plan.find(({ step }) => !taken.includes(step));
  return next && { step: next.step, contact: next.contact, at: addWorkingHours(calendar, state.since, next.hours) };
}
