// The search of the bot beside a composer: what is found becomes a card in the conversation. Knows nothing of what the bot searches.

import { openDialogWith } from './page-dialog.ts';
import { ask, make, notice } from './page-elements.ts';
import { WORDS } from './page-words.ts';

type Found = { found: { title: string; text: string; card: object }[]; sentence: string };

/** Opens the search for a place; a card that is chosen is posted there in the name of whoever looks. */
export function openSearch(seat: { viewer: string; place: string }): void {
  const box = make('input', { type: 'search', placeholder: WORDS.searchHint });
  box.setAttribute('aria-label', WORDS.search);
  const list = make('ul', { className: 'found' });
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    const { found, sentence } = await ask<Found>('search', { ...seat, text: box.value }).catch(() => ({
      found: [],
      sentence: WORDS.failed,
    }));
    if (mine !== asked) return;
    const rows = found.map(({ title, text, card }) => {
      const words = make('span', { className: 'words' }, make('strong', {}, title), make('small', {}, text));
      const button = make('button', { type: 'button' }, words);
      button.addEventListener('click', async () => {
        await ask('insert', { ...seat, card });
        close();
      });
      return make('li', {}, button);
    });
    list.replaceChildren(...(rows.length > 0 ? rows : [make('li', {}, notice(sentence, false))]));
  };
  box.addEventListener('input', () => void look());
  const close = openDialogWith(WORDS.search, make('div', { className: 'search' }, box, list));
  void look();
}
