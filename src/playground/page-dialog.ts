// The one dialog of the page, in which a task module of the bot opens. Knows nothing of what is behind it.

import { drawCard, type Pressed } from './page-cards.ts';
import { ask, byId, make, notice } from './page-elements.ts';
import { markdown } from './page-markdown.ts';
import { WORDS } from './page-words.ts';
import type { PageOutcome } from './server.ts';

const dialog = byId('dialog') as HTMLDialogElement;
/** Shows a card in the dialog, until it is sent and the bot lets it close. */
export function openDialog(task: NonNullable<PageOutcome['dialog']>) {
  byId('dialog-title').textContent = task.title;
  const body = byId('dialog-body');
  dialog.dataset.size = typeof task.width === 'string' ? task.width : 'medium';
  const suggest = (dataset: string, text: string) =>
    ask<{ title: string; value: string }[]>('dialog-choices', { dialog: task.id, dataset, text });
  const press = async (pressed: Pressed) => {
    body.querySelector('.notice')?.remove();
    body.setAttribute('aria-busy', 'true');
    try {
      const outcome = await ask<PageOutcome>('dialog', { dialog: task.id, ...pressed });
      if (outcome.dialog) openDialog(outcome.dialog);
      else if (outcome.kind === 'closed') dialog.close();
      else if (outcome.kind === 'text') {
        const done = make('button', { type: 'button', className: 'primary', textContent: WORDS.close });
        done.addEventListener('click', () => dialog.close());
        body.replaceChildren(make('div', { className: 'said', innerHTML: markdown(outcome.text ?? '') }), done);
        done.focus();
      } else if (outcome.kind === 'error') body.append(notice(outcome.text || WORDS.actionFailed, true));
    } catch (error) {
      console.error(error);
      body.append(notice(WORDS.failed, true));
    }
    body.removeAttribute('aria-busy');
  };
  body.replaceChildren(drawCard(task.card, press, suggest));
  if (!dialog.open) dialog.showModal();
  body.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  body.scrollTop = 0;
}
/** Shows anything else in the dialog; gives back how to close it. */
export function openDialogWith(title: string, content: HTMLElement): () => void {
  byId('dialog-title').textContent = title;
  dialog.dataset.size = 'medium';
  byId('dialog-body').replaceChildren(content);
  if (!dialog.open) dialog.showModal();
  content.querySelector<HTMLElement>('input')?.focus();
  return () => dialog.close();
}

byId('dialog-close').addEventListener('click', () => dialog.close());
