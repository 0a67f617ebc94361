// Reads an adaptive card as the Teams client does: which actions it has, which inputs go with each and what is sent. Knows nothing of who looks or of how it travels.

export type Json = Record<string, unknown>;
export type Inputs = Record<string, string>;

/** One action of a card, as the card's JSON has it. */
export type CardAction = {
  type: string;
  id?: string | undefined;
  title?: string | undefined;
  verb?: string | undefined;
  data?: unknown;
  associatedInputs?: string | undefined;
};

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Found = { action: CardAction; inputs: Json[] };

/** Every action of a card with the inputs that go with it; those of an inner card stay with that card. */
function actionsOf(card: Json): Found[] {
  const found: Found[] = [];
  const visit = (root: Json, outer: Json[]) => {
    const inputs = [...outer];
    const actions: Json[] = [];
    const inner: Json[] = [];
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) for (const part of value) walk(part);
      if (!isObject(value)) return;
      const type = String(value.type ?? '');
      if (type.startsWith('Input.')) inputs.push(value);
      if (type.startsWith('Action.')) {
        actions.push(value);
        if (type === 'Action.ShowCard' && isObject(value.card)) inner.push(value.card);
        return;
      }
      for (const [name, part] of Object.entries(value)) if (name !== 'data' && name !== 'refresh') walk(part);
    };
    walk({ ...root, type: 'AdaptiveCard' });
    for (const action of actions) found.push({ action: action as CardAction, inputs });
    for (const one of inner) visit(one, inputs);
  };
  visit(card, []);
  return found;
}

const matches = (title: string | RegExp, action: CardAction): boolean =>
  typeof title === 'string' ? action.title === title : title.test(action.title ?? '');

/** The first action whose title is or matches `title`, with its inputs; throws with the titles there are. */
export function find(card: Json | undefined, title: string | RegExp): Found {
  const all = card ? actionsOf(card) : [];
  const found = all.find((one) => matches(title, one.action));
  if (found) return found;
  throw new Error(`no action ${title} among: ${all.map((one) => one.action.title ?? one.action.type).join(' | ')}`);
}

const sendsInputs = (action: CardAction) =>
  (action.type === 'Action.Execute' || action.type === 'Action.Submit') &&
  action.associatedInputs?.toLowerCase() !== 'none';

/** The values of a card's inputs as the client would send them: what was filled in, else the default; empty ones are left out. */
export function collect(found: Found, filled: Inputs): { values: Inputs; missing: string[] } {
  const values: Inputs = {};
  const missing: string[] = [];
  if (!sendsInputs(found.action)) return { values, missing };
  const known = new Set<string>();
  for (const input of found.inputs) {
    const id = String(input.id ?? '');
    const label = typeof input.label === 'string' ? input.label : id;
    known.add(id).add(label);
    const off = input.type === 'Input.Toggle' ? String(input.valueOff ?? 'false') : '';
    const value = filled[id] ?? filled[label] ?? String(input.value ?? off);
    const set = value !== '' && !(input.isRequired === true && value === off);
    if (set) values[id] = value;
    else if (input.isRequired === true) missing.push(id);
  }
  const unknown = Object.keys(filled).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`no input ${unknown.join(', ')} among: ${[...known].join(' | ')}`);
  return { values, missing };
}

/** The data an action sends: its own, with the inputs over it. */
export const merged = (action: CardAction, inputs: Inputs): Json => ({
  ...(isObject(action.data) ? action.data : {}),
  ...(sendsInputs(action) ? inputs : {}),
});
