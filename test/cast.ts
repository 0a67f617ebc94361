// The people of tests that need no town, and what a rule decides for them. Knows the domain only.

import type { Person } from '../src/domain/authorisation.ts';
import type { PersonId, Result, ServiceId } from '../src/domain/terms.ts';

/** Somebody without any right, but for the roles that are given. */
export const person = (id: string, roles: Partial<Person['roles']> = {}, name = `naam van ${id}`): Person => ({
  kind: 'person',
  person: id as PersonId,
  name,
  roles: { advisorOf: [], quality: false, administrator: false, ...roles },
});

/** What was decided; throws when it was refused. */
export function done<Value>(result: Result<Value, { kind: string }>): Value {
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`);
  return result.value;
}

/** Why not; "done" when it was not refused. */
export const refusalOf = (result: Result<unknown, { kind: string }>): string =>
  result.ok ? 'done' : result.refusal.kind;

/** An advisor of POC+. */
export const advisor = (id: string, roles: Partial<Person['roles']> = {}): Person =>
  person(id, { advisorOf: ['poc-plus' as ServiceId], ...roles }, `Adviseur ${id}`);
