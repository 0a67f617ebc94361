// Tells Dutch from French and English by their commonest words. Knows no item and no index.

import { fold, tokens } from './text.ts';

const COMMON: Record<'nl' | 'fr' | 'en', Set<string>> = {
  nl: new Set(
    'de het een en van ik je dat die niet met voor op te zijn is er aan wat wie hoe kan mag moet wij we ze hij naar bij om als ook maar dan nog wel geen deze dit welke wanneer waar mijn ons door uit over heeft hebben wordt'.split(
      ' ',
    ),
  ),
  fr: new Set(
    "le la les des une et est je tu il elle nous vous que qui pas pour dans avec sur mon ma mes votre vos ce cette quel quelle comment pourquoi peut dois puis au aux du bonjour l'on sont ou fait faire quand".split(
      ' ',
    ),
  ),
  en: new Set(
    'the a an and is are to of in i you he she it we they that this what who how can may must do does with for on my your when where why which not have has will would should there next me'.split(
      ' ',
    ),
  ),
};

/** The language a text is most likely in; 'unknown' when too little of it is common in any of the three. */
export function language(text: string): 'nl' | 'fr' | 'en' | 'unknown' {
  const words = tokens(fold(text));
  const count = (set: Set<string>) => words.filter((word) => set.has(word)).length;
  const nl = count(COMMON.nl);
  const others = (['fr', 'en'] as const).map((name) => ({ name, hits: count(COMMON[name]) }));
  const best = others[0]!.hits >= others[1]!.hits ? others[0]! : others[1]!;
  if (best.hits >= 2 && best.hits > nl && best.hits / words.length >= 0.2) return best.name;
  return nl > 0 ? 'nl' : 'unknown';
}
