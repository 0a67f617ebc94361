// The view in the address: filters and the list that is open. A link comes back the same, and so does the back button.

import { useSyncExternalStore } from 'react';
import { type Drill, FILTER_NAMES, type ViewFilters } from '../app/figures/dashboard-shapes.ts';

/** `drill` is set while a list of tickets is open. */
export type Place = { filters: ViewFilters; drill?: Drill };

/** A filter of the open list is written as "lijst.theme", so that it never mixes with the view's; "lijst" opens it. */
const OPEN = 'lijst';
const LIST = `${OPEN}.`;
const changed = new EventTarget();

function read(search: string): Place {
  const filters: Record<string, string> = {};
  const drill: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (name.startsWith(LIST)) drill[name.slice(LIST.length)] = value;
    else if (OURS.has(name)) filters[name] = value;
  }
  const open = new URLSearchParams(search).has(OPEN) || Object.keys(drill).length > 0;
  return { filters, ...(open ? { drill } : {}) };
}

const OURS: ReadonlySet<string> = new Set(FILTER_NAMES);

/** Opens a place; `replace` leaves no step for the back button. */
export function go({ filters, drill }: Place, replace = false): void {
  const query = new URLSearchParams(location.search);
  for (const name of [...query.keys()]) if (OURS.has(name) || name.startsWith(OPEN)) query.delete(name);
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  if (drill && Object.keys(drill).length === 0) query.set(OPEN, '1');
  for (const [name, value] of Object.entries(drill ?? {})) if (value) query.set(`${LIST}${name}`, value);
  const text = query.toString();
  const address = `${location.pathname}${text === '' ? '' : `?${text}`}`;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  changed.dispatchEvent(new Event('place'));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  changed.addEventListener('place', listener);
  return () => {
    window.removeEventListener('popstate', listener);
    changed.removeEventListener('place', listener);
  };
}

let last: { search: string; place: Place } | undefined;
function current(): Place {
  if (last?.search !== location.search) last = { search: location.search, place: read(location.search) };
  return last!.place;
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, current);
}
