// Draws adaptive cards as Teams does, with the colours of the page, and tells which action was pressed with which inputs. Knows nothing of conversations.

import type * as Library from 'adaptivecards';
import { markdown } from './page-markdown.ts';

declare global {
  interface Window {
    AdaptiveCards: typeof Library;
  }
}

export type Pressed = {
  action: {
    type: string;
    id?: string;
    title?: string;
    verb?: string;
    data?: unknown;
    associatedInputs?: string;
  };
  inputs: Record<string, string>;
};

const tint = (name: string) => ({ default: `var(--card-${name})`, subtle: `var(--card-${name}-subtle)` });
const foreground = {
  default: { default: 'var(--card-default)', subtle: 'var(--card-subtle)' },
  dark: { default: 'var(--card-default)', subtle: 'var(--card-subtle)' },
  light: { default: 'var(--card-subtle)', subtle: 'var(--card-subtle)' },
  accent: tint('accent'),
  attention: tint('attention'),
  good: tint('good'),
  warning: tint('warning'),
};
const container = (name: string) => ({
  backgroundColor: `var(--box-${name})`,
  borderColor: 'var(--box-border)',
  foregroundColors: foreground,
});

/** The sizes of Teams; every colour is a variable of the page's style sheet, so that a theme changes without drawing again. */
const HOST = {
  fontFamily: 'inherit',
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: container('default'),
    emphasis: container('emphasis'),
    accent: container('accent'),
    good: container('good'),
    attention: container('attention'),
    warning: container('warning'),
  },
  actions: {
    maxActions: 6,
    spacing: 'large',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', spacing: 'small' },
  },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 150 },
    value: { wrap: true },
    spacing: 16,
  },
  textBlock: { headingLevel: 3 },
};

/** Shows secondary actions under the "…" button; the top layer keeps the menu above an open dialog. */
function showMenu(actions: readonly Library.Action[], button: HTMLElement): void {
  const menu = document.createElement('div');
  menu.className = 'menu';
  menu.popover = 'auto';
  menu.setAttribute('role', 'menu');
  const items = actions.map((action) => {
    const item = document.createElement('button');
    item.type = 'button';
    item.setAttribute('role', 'menuitem');
    item.textContent = action.title ?? '';
    item.addEventListener('click', () => {
      menu.hidePopover();
      if (action.prepareForExecution()) action.execute();
    });
    return item;
  });
  menu.append(...items);
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    items[(at + step + items.length) % items.length]?.focus();
  });
  menu.addEventListener('toggle', (event) => {
    const open = event.newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    if (open) return;
    menu.remove();
    button.focus();
  });
  (button.closest('dialog') ?? document.body).append(menu);
  menu.showPopover();
  const place = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = place.bottom + 4 + size.height <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(place.left, innerWidth - size.width - 8))}px`;
  menu.style.top = `${below ? place.bottom + 4 : Math.max(8, place.top - size.height - 4)}px`;
  items[0]?.focus();
}

/** Has to be called once before the first card; `more` names the "…" button. */
export function prepareCards(words: { more: string }): void {
  const { AdaptiveCard, GlobalSettings, Strings } = window.AdaptiveCards;
  AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown(text);
    result.didProcess = true;
  };
  AdaptiveCard.onDisplayOverflowActionMenu = (actions, button) => {
    if (button) showMenu(actions, button);
    return button !== undefined;
  };
  GlobalSettings.allowMoreThanMaxActionsInOverflowMenu = true;
  GlobalSettings.setTabIndexAtCardRoot = false;
  Strings.defaults.overflowButtonText = () => '…';
  Strings.defaults.overflowButtonTooltip = () => words.more;
}

/**
 * The library shows the value of a filtered choice that is filled in beforehand, and names the field after its
 * placeholder, until something is typed; Teams shows the title, and the field keeps the name of its label.
 */
function finishFiltered(card: Library.AdaptiveCard): void {
  for (const input of card.getAllInputs()) {
    if (!(input instanceof window.AdaptiveCards.ChoiceSetInput) || input.style !== 'filtered') continue;
    const field = input.renderedElement?.querySelector('input');
    if (!field) continue;
    const label = field.closest('[aria-labelledby]')?.getAttribute('aria-labelledby');
    if (label) field.setAttribute('aria-labelledby', label);
    const chosen = input.choices.find(({ value }) => value === input.defaultValue);
    if (chosen?.title) field.value = chosen.title;
  }
}

export type Suggest = (dataset: string, text: string) => Promise<{ title: string; value: string }[]>;

/** The dataset that a field of the card is filled from while somebody types. */
function datasetOf(json: unknown, id: string | undefined): string | undefined {
  if (Array.isArray(json)) return json.map((part) => datasetOf(part, id)).find((found) => found !== undefined);
  if (typeof json !== 'object' || json === null) return undefined;
  const { id: own, 'choices.data': query } = json as { id?: string; 'choices.data'?: { dataset?: string } };
  if (own === id && query) return query.dataset;
  return datasetOf(Object.values(json), id);
}

/** Adds what the bot offers for the words so far to the choices of a field, as Teams does. */
function askWhileTyping(card: Library.AdaptiveCard, json: object, suggest: Suggest): void {
  for (const input of card.getAllInputs()) {
    const dataset = input instanceof window.AdaptiveCards.ChoiceSetInput ? datasetOf(json, input.id) : undefined;
    const field = input.renderedElement?.querySelector('input');
    if (!dataset || !field?.list) continue;
    const { choices } = input as Library.ChoiceSetInput;
    const { list } = field;
    let asked = 0;
    field.addEventListener('input', async () => {
      const mine = ++asked;
      const found = await suggest(dataset, field.value).catch(() => []);
      if (mine !== asked) return;
      for (const { title, value } of found) {
        if (choices.some((known) => known.value === value)) continue;
        choices.push(new window.AdaptiveCards.Choice(title, value));
        list.append(Object.assign(document.createElement('option'), { value: title }));
      }
    });
  }
}

const isWebLink = (url: string) => /^https?:\/\//i.test(url);

/**
 * Draws a card. `onPress` hears of the actions that go to the bot, after the client's own check of the inputs;
 * links open in a new window and everything else stays inside the card. A card that cannot be drawn shows its fallback text.
 */
export function drawCard(json: object, onPress: (pressed: Pressed) => void, suggest?: Suggest): HTMLElement {
  const { AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SubmitAction } = window.AdaptiveCards;
  const card = new AdaptiveCard();
  const host = new HostConfig(HOST);
  // Its own list of choices asks through a client of the library; here the page asks (askWhileTyping).
  Object.assign(host.inputs, { allowDynamicallyFilteredChoiceSet: false });
  card.hostConfig = host;
  card.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) {
      if (action.url && isWebLink(action.url)) window.open(action.url, '_blank', 'noopener,noreferrer');
      return;
    }
    if (!(action instanceof SubmitAction) && !(action instanceof ExecuteAction)) return;
    const source = action.toJSON() as Pressed['action'];
    const inputs: Record<string, string> = {};
    for (const input of Object.values(action.getReferencedInputs() ?? {})) {
      if (input.id && input.isSet()) inputs[input.id] = String(input.value);
    }
    const { type, id, title, verb, data, associatedInputs } = source;
    onPress({ action: { type, id, title, verb, data, associatedInputs } as Pressed['action'], inputs });
  };
  card.parse(json);
  const drawn = card.render();
  if (drawn) {
    finishFiltered(card);
    // Lines of a box that can be pressed are words apart, also for who reads them without their layout.
    for (const line of drawn.querySelectorAll('.ac-selectable > *')) line.after(' ');
    if (suggest) askWhileTyping(card, json, suggest);
  }
  const frame = document.createElement('div');
  frame.className = 'card';
  if (drawn) frame.append(drawn);
  else frame.textContent = String((json as { fallbackText?: unknown }).fallbackText ?? '');
  return frame;
}
