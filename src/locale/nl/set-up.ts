// What administrators and advisors read while they set the helpdesk up: absences, contacts, themes, channels.

import type { SetUpRefusal } from '../../domain/set-up.ts';
import { day } from './forms.ts';

export const setUp = {
  summary: 'Instellingen',
  notAllowed: 'Alleen een beheerder kan de instellingen bekijken en aanpassen.',
  noContact:
    'Je bent bij geen enkel aanspreekpunt ingeschreven, dus er is niemand te vervangen. Vraag een beheerder om je e-mailadres bij een aanspreekpunt te zetten.',
  nobody: 'niemand',
  somebody: 'iemand',

  overview: {
    title: 'Instellingen van de helpdesk',
    channels: 'Kanalen',
    channelSet: (service: string) => `${service}: adviseurskanaal ingesteld`,
    channelMissing: (service: string) => `${service}: nog geen adviseurskanaal`,
    channelHow: (id: string) => `Typ in dat kanaal: @Helpdesk adviseurskanaal ${id}`,
    qualitySet: 'Kwaliteitsteam: kanaal ingesteld',
    qualityMissing: 'Kwaliteitsteam: nog geen kanaal',
    qualityHow: 'Typ in dat kanaal: @Helpdesk kwaliteitskanaal',
    people: 'Aanspreekpunten',
    counted: (contacts: number, themes: number) => `${contacts} aanspreekpunten voor ${themes} thema's in gebruik`,
    todo: 'Wat nog te doen is',
    fine: 'Niets: alles is ingesteld.',
    absences: 'Afwezig',
    none: 'Er zijn geen afwezigheden genoteerd.',
    more: (n: number) => `en nog ${n}`,
  },

  gaps: {
    'no-substitute': (name: string) => `${name} heeft geen vervanger`,
    circle: (name: string) => `${name} is afwezig en de vervangers verwijzen naar elkaar`,
    'absent-without-substitute': (name: string, to: string) =>
      `${name} is afwezig tot en met ${day(to)}, zonder vervanger`,
    'substitute-absent': (name: string, to: string) => `De vervanger van ${name} is zelf afwezig tot en met ${day(to)}`,
    'no-contact': (name: string) => `${name} heeft geen aanspreekpunt: vragen gaan naar het onthaal`,
  },

  contacts: {
    title: 'Aanspreekpunten per thema',
    line: (role: string, substitute: string) => `${role} · vervanger: ${substitute}`,
    away: (role: string, to: string, now: string) => `${role} (afwezig tot en met ${day(to)}), nu ${now}`,
    noContact: 'geen aanspreekpunt: vragen gaan naar het onthaal',
    retired: 'niet meer in gebruik',
    changeContact: 'Pas een aanspreekpunt aan',
    changeTheme: 'Pas een thema aan',
  },

  choose: {
    contact: 'Welk aanspreekpunt?',
    theme: 'Welk thema?',
    hint: 'Typ een deel van de naam',
    next: 'Verder',
  },

  contact: {
    title: 'Aanspreekpunt aanpassen',
    role: 'Naam van de rol',
    email: 'E-mailadres (wie zich met dit adres aanmeldt, is het aanspreekpunt)',
    substitute: 'Vervanger',
    save: 'Bewaar',
    undo: 'Maak de laatste wijziging ongedaan',
    last: (name: string, at: string) => `Laatst gewijzigd door ${name} op ${at}.`,
    saved: (role: string) => `Bewaard: ${role}. Het geldt meteen voor nieuwe vragen.`,
    undone: (name: string) => `De laatste wijziging aan ${name} is ongedaan gemaakt.`,
  },

  theme: {
    title: 'Thema aanpassen',
    name: 'Naam die iedereen ziet',
    keywords: 'Synoniemen en trefwoorden, één per lijn',
    service: 'Dienst',
    contact: 'Aanspreekpunt',
    use: 'Gebruik',
    retired: 'Niet meer in gebruik: nieuwe vragen krijgen dit thema niet meer',
    saved: (name: string) => `Bewaard: ${name}. De zoekindex kent het meteen.`,
    retiredNow: (name: string, open: string) =>
      `${name} is niet meer in gebruik. ${open} Wat het thema al heeft, houdt het, ook in de cijfers.`,
    open: (n: number) =>
      n === 0
        ? 'Er staan geen vragen over open.'
        : n === 1
          ? 'Eén vraag staat er nog over open en blijft bij haar aanspreekpunt.'
          : `${n} vragen staan er nog over open en blijven bij hun aanspreekpunt.`,
  },

  absence: {
    title: 'Afwezigheid',
    mine: 'Mijn afwezigheid',
    of: (role: string) => `Afwezigheid: ${role}`,
    everybody: 'Afwezigheden',
    who: 'Wie is afwezig?',
    from: 'Eerste dag',
    to: 'Laatste dag (inbegrepen)',
    substitute: 'Vervanger',
    usual: 'de gewone vervanger',
    why: 'Een reden vragen of bewaren we niet.',
    save: 'Noteer',
    add: 'Noteer een afwezigheid',
    endOf: (role: string, from: string, to: string) => `Beëindig ${day(from)} – ${day(to)}: ${role}`,
    none: 'Er is geen afwezigheid genoteerd. Typ bijvoorbeeld: afwezig tot 12/1, vervanger beroepsgeheim',
    line: (role: string, from: string, to: string) => `${role}: van ${day(from)} tot en met ${day(to)}`,
    by: (role: string) => `Vervanger: ${role}`,
    saved: (role: string, from: string, to: string) =>
      `Genoteerd: ${role} is afwezig van ${day(from)} tot en met ${day(to)}.`,
    now: (role: string) => `Vragen en herinneringen gaan dan naar ${role}.`,
    noSubstitute: 'Er is geen vervanger die er dan is: vragen gaan naar het onthaal of de coördinator.',
    back: (role: string) => `Welkom terug. Vragen gaan weer naar ${role}.`,
    ended: (role: string) => `De afwezigheid van ${role} is beëindigd.`,
    unread: (typed: string) =>
      `De dag "${typed}" herken ik niet. Schrijf hem als 12/1, of kies hem met "Noteer een afwezigheid".`,
    unknown: (typed: string) =>
      `Ik ken geen aanspreekpunt "${typed}". Typ "aanspreekpunten" om ze te zien, of kies met "Noteer een afwezigheid".`,
    ambiguous: (typed: string, roles: string) =>
      `"${typed}" kan verschillende aanspreekpunten zijn: ${roles}. Typ meer van de naam, of kies met "Noteer een afwezigheid".`,
    complete: 'Vul in wie en welke dagen, met "Noteer een afwezigheid".',
  },

  refusal(refusal: SetUpRefusal): string {
    switch (refusal.kind) {
      case 'not-allowed':
        return 'Dat mag alleen een beheerder. Je eigen afwezigheid noteer je met "afwezig".';
      case 'unknown-contact':
        return 'Dat aanspreekpunt ken ik niet. Kies er een uit de lijst.';
      case 'unknown-theme':
        return 'Dat thema ken ik niet. Kies er een uit de lijst.';
      case 'unknown-service':
        return 'Die dienst ken ik niet. Kies er een uit de lijst.';
      case 'in-the-past':
        return 'Die laatste dag is al voorbij. Kies een dag vanaf vandaag.';
      case 'end-before-begin':
        return 'De laatste dag valt voor de eerste. Draai ze om.';
      case 'too-long':
        return `Een afwezigheid kan hoogstens ${refusal.days} dagen duren. Geef het thema anders een ander aanspreekpunt.`;
      case 'own-substitute':
        return 'Iemand kan zichzelf niet vervangen. Kies iemand anders.';
      case 'other-service':
        return 'Aanspreekpunt, vervanger en thema horen bij dezelfde dienst. Kies een aanspreekpunt van die dienst.';
      case 'substitute-absent':
        return `${refusal.role} is dan zelf afwezig, tot en met ${day(refusal.to)}. Kies iemand anders.`;
      case 'not-absent':
        return 'Er is nu geen afwezigheid genoteerd die in de helpdesk gezet werd.';
      case 'bad-name':
        return `Een naam heeft 2 tot ${refusal.most} tekens, zonder < > [ ].`;
      case 'bad-email':
        return 'Dat is geen e-mailadres. Schrijf het zoals naam@school.be.';
      case 'too-many-words':
        return `Hou het bij ${refusal.most} trefwoorden.`;
      case 'changed-meanwhile':
        return 'Iemand anders paste dit intussen aan. Hieronder staat hoe het nu is; doe je wijziging opnieuw.';
      case 'nothing-changed':
        return 'Er is niets gewijzigd.';
      case 'nothing-to-undo':
        return 'Er is geen wijziging om ongedaan te maken.';
    }
  },

  files: {
    written: (n: number, file: string) =>
      n === 1
        ? `Eén wijziging aan een aanspreekpunt of thema staat in ${file}.`
        : `${n} wijzigingen aan aanspreekpunten en thema's staan in ${file}.`,
    plan: (same: number, changed: number, conflicts: number) =>
      `Aanspreekpunten en thema's: ${same} zoals hier, ${changed} over te nemen, ${conflicts} in conflict.`,
    applied: (n: number) =>
      n === 1 ? 'Eén aanspreekpunt of thema overgenomen.' : `${n} aanspreekpunten en thema's overgenomen.`,
    conflict: (id: string, why: string) => `${id} niet overgenomen: ${why}`,
    changedHere: (field: string) => `"${field}" is hier intussen iets anders dan in het bestand`,
    unknown: 'bestaat hier niet',
  },
};
