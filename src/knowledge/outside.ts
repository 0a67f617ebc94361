// What people ask other assistants: weather, alarms, music, films, tables, tickets. Knows no item and no index.

import { stem, wordWeight } from './text.ts';

/** Words that on their own point away from a helpdesk for education; a hint for the probability, never a filter. */
const OUTSIDE = new Set(
  `weer weerbericht regen regent regenen sneeuw sneeuwt onweer storm wind zon zonnig bewolkt temperatuur graden koud warm
   heet vriest vriezen paraplu jas millimeter weersvoorspelling voorspelling klimaat mist hagel
   wekker alarm wakker timer herinnering herinneringen herinner agenda snooze afgaan
   liedje liedjes lied nummer muziek album afspeellijst playlist speel afspelen zanger band radio spotify concert artiest
   film films bioscoop trailer serie acteur tickets vertoning vertoningen spelen draaien
   restaurant reserveer reserveren reservering tafel eten pizza spaghetti keuken menu cafe bar lunch diner brasserie honger
   vlucht vliegtuig hotel trein taxi reis kamer vakantiehuis koffer
   sterren roman boek boeken beoordeel beoordeling recensie
   licht lamp lampen verwarming thermostaat stofzuiger televisie volume
   mop grap gedicht robot hoofdstad voetbal wedstrijd aandelen koers recept`
    .split(/\s+/)
    .filter(Boolean)
    .map(stem),
);

/** The share of the words that carry meaning which belong to such requests, 0 to 1. */
export function outsideShare(words: string[]): number {
  const carrying = words.filter((word) => wordWeight(word) === 1);
  if (carrying.length === 0) return 0;
  return carrying.filter((word) => OUTSIDE.has(stem(word))).length / carrying.length;
}
