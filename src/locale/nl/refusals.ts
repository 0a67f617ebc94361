// What every refusal of the rules says to the person who was refused. Decides nothing.

import type { SessionRefusal } from '../../domain/sessions.ts';
import type { Refusal } from '../../domain/ticket.ts';
import { moment } from './forms.ts';
import { outcome } from './terms.ts';

/** What a refusal says to the person who was refused: what happened, and what to do. */
export function refusal(no: Refusal): string {
  switch (no.kind) {
    case 'not-allowed':
      return 'Deze vraag vind ik niet, of ze is niet voor jou bestemd. Typ "mijn vragen" om jouw vragen te zien.';
    case 'already-claimed':
      return `${no.by.name} behandelt deze vraag sinds ${moment(no.since)}. Spreek af in de draad onder de vraag, of laat ze overdragen.`;
    case 'already-closed':
      return `Deze vraag is al afgerond (${outcome[no.outcome]}, ${moment(no.at)}). Heropen ze of stel een nieuwe vraag.`;
    case 'already-routed':
      return 'Deze vraag ging al naar een adviseur. Het antwoord komt hier in de chat.';
    case 'not-routed':
      return 'Deze vraag ging nog niet naar een adviseur. Kies eerst "Vraag een adviseur".';
    case 'not-claimed':
      return 'Niemand behandelt deze vraag nu, er is dus niets terug te geven.';
    case 'not-closed':
      return 'Dat kan pas als de vraag afgerond is.';
    case 'nothing-suggested':
      return 'Er is nog geen antwoord gekozen. Kies eerst een van de voorstellen.';
    case 'reopen-too-late':
      return `Heropenen kan tot ${no.days} dagen na het afronden. Stel je vraag opnieuw, dan helpt een adviseur je verder.`;
    case 'already-surveyed':
      return 'Je hebt deze bevraging al ingevuld. Bedankt!';
    case 'invalid-minutes':
      return `Geef de tijd in hele minuten, van 1 tot ${no.most}.`;
    case 'asked-in-the-future':
      return 'Die dag moet nog komen. Kies vandaag of een dag die voorbij is.';
    case 'asked-too-long-ago':
      return `Registreren kan tot ${no.days} dagen terug. Kies een latere dag.`;
    case 'channel-is-fixed':
      return 'Deze vraag kwam via Teams binnen: dat kanaal kan je niet aanpassen.';
    case 'not-registered':
      return 'Deze vraag is niet door jou geregistreerd. Alleen wie registreerde of het kwaliteitsteam kan dit.';
    case 'same-ticket':
      return 'Dat is dezelfde vraag. Kies een andere.';
    case 'already-merged':
      return `Deze vraag is al samengevoegd met ${no.number}. Haal ze eerst uit elkaar.`;
    case 'merge-into-registered':
      return 'Een vraag uit Teams kan niet opgaan in een geregistreerde vraag: de vraagsteller zou geen antwoord krijgen. Voeg de geregistreerde vraag samen met deze, of koppel ze.';
    case 'not-merged':
      return 'Deze vraag is niet samengevoegd, er is dus niets ongedaan te maken.';
    case 'already-linked':
      return `Deze vraag is al gekoppeld aan ${no.number}.`;
    case 'not-linked':
      return 'Die vraag is niet gekoppeld aan deze.';
    case 'no-reach':
      return 'Kies of het binnen of buiten het GO! is.';
    case 'retracted':
      return 'Deze registratie is ongedaan gemaakt. Registreer de vraag opnieuw.';
    case 'survey-expired':
      return `Deze bevraging kon je invullen tot ${no.days} dagen na je vraag. Bedankt dat je de tijd wilde nemen.`;
    case 'invalid-scores':
      return 'Geef bij minstens één stelling een score.';
    case 'empty-text':
      return 'Er staat nog geen tekst. Vul het tekstveld in en verstuur opnieuw.';
    case 'text-too-long':
      return `Deze tekst is te lang: hou het bij ${no.most} tekens.`;
    case 'unreadable':
      return 'Deze vraag is onleesbaar gemaakt en kan niet meer heropend worden. Stel ze opnieuw als je nog iets wil weten.';
    case 'too-many-events':
      return 'Er is met deze vraag al zo veel gebeurd dat er niets meer bij kan. Rond ze af en stel een nieuwe vraag.';
  }
}

export function sessionRefusal(no: SessionRefusal): string {
  switch (no.kind) {
    case 'no-programme':
      return 'Vul het programma in, bijvoorbeeld "Helpdesk live".';
    case 'no-theme':
      return 'Kies een thema uit de lijst.';
    case 'no-title':
      return 'Geef de sessie een titel.';
    case 'session-in-the-future':
      return 'Die dag moet nog komen. Noteer de sessie als ze voorbij is.';
    case 'session-too-long-ago':
      return `Een sessie noteren kan tot ${no.days} dagen terug. Oudere cijfers worden ingelezen.`;
    case 'invalid-participants':
      return `Geef het aantal deelnemers als heel getal, van 0 tot ${no.most}.`;
    case 'more-per-centre':
      return `Per centrum tel ik ${no.sum} deelnemers, meer dan het totaal. Pas een van beide aan.`;
    case 'session-minutes':
      return `Geef de tijd in hele minuten, van 1 tot ${no.most}.`;
  }
}
