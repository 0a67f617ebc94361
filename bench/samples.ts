// Every card in every state that people meet, built by the real card functions on the real content. For the gallery and the card tests.

import { loadContent } from '../src/adapters/files/content.ts';
import { liveItem } from '../src/app/knowledge/items.ts';
import type { Content } from '../src/app/ports.ts';
import { contactGroups } from '../src/app/set-up/contacts.ts';
import {
  answerForm,
  channelCard,
  closeForm,
  connectForm,
  consultForm,
  handOverForm,
  movedCard,
  openQuestionsCard,
  referForm,
  textForm,
} from '../src/cards/advisor.ts';
import { answerCard, itemCard } from '../src/cards/answer.ts';
import type { Card } from '../src/cards/card.ts';
import { caseCard, caseForm } from '../src/cards/cases.ts';
import {
  itemForm,
  itemListCard,
  materialForm,
  missCard,
  offerButton,
  reasonForm,
  regulationForm,
  reviewCard,
  sourceLines,
} from '../src/cards/items.ts';
import { noticeCard } from '../src/cards/notice.ts';
import { digestCard, statisticsCard } from '../src/cards/quality.ts';
import { correctionForm, messageForm, registeredCard, registrationCard } from '../src/cards/registration.ts';
import {
  askBackCard,
  askForm,
  deliveryCard,
  myQuestionsCard,
  privacyCard,
  profileCard,
  reachCard,
  rewriteForm,
  statusCard,
  surveyCard,
  welcomeCard,
} from '../src/cards/requester.ts';
import { sessionCard } from '../src/cards/sessions.ts';
import { absenceForm, chooseForm, contactForm, opening, setUpList, themeForm } from '../src/cards/set-up.ts';
import { type DecisionFormView, decisionForm, type ShownTopic, topicCard, topicsCard } from '../src/cards/topics.ts';
import { weekCard } from '../src/cards/week.ts';
import type { Actor, Person } from '../src/domain/authorisation.ts';
import type { Draft } from '../src/domain/cases.ts';
import { link, merge } from '../src/domain/connections.ts';
import type { FollowUpEvent } from '../src/domain/follow-up.ts';
import type { ItemText } from '../src/domain/item-text.ts';
import { type ItemEvent, replayItem } from '../src/domain/items.ts';
import { correct, register, retract } from '../src/domain/registration.ts';
import type { Session } from '../src/domain/sessions.ts';
import type {
  CaseId,
  CentreId,
  Contact,
  ContactId,
  Item,
  ItemId,
  PersonId,
  Result,
  ServiceId,
  SessionId,
  ThemeId,
  TicketId,
  TopicId,
} from '../src/domain/terms.ts';
import type { Refusal, Requester, Ticket } from '../src/domain/ticket.ts';
import type { Concern } from '../src/domain/upkeep.ts';
import * as verbs from '../src/domain/verbs.ts';
import { brusselsDay, nextClosing, opennessAt, weekOf } from '../src/domain/working-time.ts';
import { locale } from '../src/locale/locale.ts';

const NOW = Date.parse('2026-11-24T08:12:00Z');
const MINUTE = 60_000;
const service = 'poc-plus' as ServiceId;
const SYSTEM: Actor = { kind: 'system' };

const somebody = (id: string, name: string, advisor: boolean): Person => ({
  kind: 'person',
  person: id as PersonId,
  name,
  roles: { advisorOf: advisor ? [service] : [], quality: false, administrator: false },
});
const asker = somebody('asker', 'Vraagsteller CLB Gent', false);
const advisor = somebody('advisor', 'Adviseur dossier (POC+)', true);
const colleague = somebody('colleague', 'Adviseur beroepsgeheim (POC+)', true);

const must = (result: Result<Ticket, Refusal>): Ticket => {
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
};

/** Name and card, in the order in which people meet them. Deterministic: the same content gives the same cards. */
export async function samples(): Promise<{ name: string; card: Card }[]> {
  const { content } = await loadContent('./content');
  const item = (id: string): Item => content.items.find((known) => known.id === (id as ItemId))!;
  const first = item('mdd-bewaartermijn');
  const others = [item('mdd-inzage-ouder-jonger-12'), item('mdd-inzage-leerling-12-plus'), item('mdd-kopie')];
  const material = content.items.find(({ kind }) => kind === 'material')!;

  const requester: Requester = {
    person: asker.person,
    name: asker.name,
    centre: 'go-clb-gent' as CentreId,
    function: content.functions[2]!.id,
  };
  const question = 'Hoe lang bewaren we het dossier na uitschrijving?';
  const asked = must(
    verbs.ask(
      { id: 'sample' as TicketId, number: 'HD-2026-0142', channel: 'teams', requester, question, service },
      NOW,
    ),
  );
  const theme = { id: 'dossier-en-inzage' as ThemeId, confidence: 0.91 };
  const show = (decision: 'answer' | 'unsure' | 'none', items: Item[]): Ticket =>
    must(verbs.suggest(asked, SYSTEM, NOW, { decision, items: items.map(({ id }) => id), theme }));
  const answered = show('answer', [first]);
  const routing = { service, theme: theme.id, contact: 'poc-dossier' as ContactId, question, requester };
  const open = must(verbs.route(answered, asker, NOW + MINUTE, 'k1', { ...routing, urgency: 'this-week' }));
  const urgent = must(verbs.route(answered, asker, NOW + MINUTE, 'k1', { ...routing, urgency: 'soon' }));
  const claimed = must(verbs.claim(open, advisor, NOW + 2 * MINUTE));
  const waiting = must(
    verbs.askBack(claimed, advisor, NOW + 3 * MINUTE, 'k2', 'Gaat het om een leerling uit het buitengewoon onderwijs?'),
  );
  const other = { ...open, id: 'other' as TicketId, number: 'HD-2026-0143' };
  const merged = must(merge(open, other, advisor, NOW + 5 * MINUTE, 'm'));
  const linkedTo = must(link(claimed, other, advisor, NOW + 5 * MINUTE, 'l'));
  const text =
    'Het dossier blijft bewaard tot minstens tien jaar na het laatste contact.\nNoteer de datum van uitschrijving in LARS.';
  const source = 'https://www.vrijclb.be/werking-clb/het-clb-dossier';
  const closed = must(
    verbs.answer(claimed, advisor, NOW + 9 * MINUTE, 'k3', { text, source, minutes: 15, close: true, survey: true }),
  );
  const scores = Object.fromEntries(content.survey.items.map(({ id }) => [id, 7]));
  const low = { ...scores, [content.survey.items[0]!.id]: 3 };
  const surveyed = (given: Record<string, number>): Ticket =>
    must(verbs.survey(closed, asker, NOW + 20 * MINUTE, { scores: given, remark: '', scale: content.survey.scale }));

  const answer = (ticket: Ticket, items: Item[], more: Partial<Parameters<typeof answerCard>[0]> = {}): Card =>
    answerCard({ ticket, items, directory: content, now: NOW, emergency: [], ...more });
  const channel = (ticket: Ticket, more: Partial<Parameters<typeof channelCard>[0]> = {}): Card =>
    channelCard({ directory: content, ticket, similar: [], today: brusselsDay(NOW), ...more });
  const form = { ticket: claimed, key: 'key' };
  const referral = { to: '', other: '', text: '' };
  const typed = 'Mag ik de mama van Jonas Peeters bellen op 0470 12 34 56?';

  return [
    { name: 'welkom', card: welcomeCard(asker.name) },
    { name: 'antwoord', card: answer(answered, [first]) },
    { name: 'antwoord-geholpen', card: answer(must(verbs.rate(answered, asker, NOW, true)), [first]) },
    { name: 'antwoord-doorgestuurd', card: answer(open, [first]) },
    { name: 'antwoord-materiaal', card: answer(show('answer', [material]), [material]) },
    { name: 'antwoord-oud', card: answer(answered, [{ ...first, status: 'reviewed', reviewedOn: '2025-03-01' }]) },
    { name: 'antwoord-acuut-gevaar', card: answer(answered, [first], { emergency: content.emergency }) },
    {
      name: 'antwoord-wedervraag',
      card: answer(answered, [first], { awaiting: { id: 'other', number: 'HD-2026-0139' } }),
    },
    { name: 'niet-zeker', card: answer(show('unsure', others), others) },
    { name: 'geen-antwoord', card: answer(show('none', []), []) },
    { name: 'kennismaken', card: profileCard(content, {}) },
    ...privacySamples(typed),
    { name: 'herschrijven', card: rewriteForm(typed) },
    { name: 'vraag-adviseur', card: askSample(content, question) },
    { name: 'vraag-adviseur-gegevens', card: askSample(content, typed, locale.privacy.inForm('naam, telefoonnummer')) },
    { name: 'status-doorgestuurd', card: statusCard(content, open, NOW) },
    { name: 'status-in-behandeling', card: statusCard(content, claimed, NOW) },
    { name: 'status-beantwoord', card: statusCard(content, closed, NOW + 10 * MINUTE) },
    {
      name: 'wedervraag',
      card: askBackCard(content, waiting, 'Gaat het om een leerling uit het buitengewoon onderwijs?', advisor, 'key'),
    },
    { name: 'antwoord-adviseur', card: delivery(content, closed, text, source) },
    { name: 'bevraging', card: surveyCard(content.survey, closed, NOW + 10 * MINUTE) },
    { name: 'bevraging-bedankt', card: surveyCard(content.survey, surveyed(scores), NOW + 20 * MINUTE) },
    { name: 'bevraging-laag', card: surveyCard(content.survey, surveyed(low), NOW + 20 * MINUTE) },
    { name: 'mijn-vragen', card: myQuestionsCard(content, [open, closed, answered], 9) },
    { name: 'mijn-vragen-leeg', card: myQuestionsCard(content, [], 0) },
    {
      name: 'adviseur-bereiken',
      card: reachCard({
        week: weekOf(content.calendar),
        openness: opennessAt(content.calendar, NOW),
        closing: nextClosing(content.calendar, '2026-11-24', '2027-01-23'),
      }),
    },
    {
      name: 'hulp',
      card: noticeCard({
        title: locale.help.title,
        lines: locale.help.lines.map((line) => `- ${line}`),
        buttons: [offerButton()],
      }),
    },
    { name: 'kanaal-nieuw', card: channel(open) },
    { name: 'kanaal-dringend', card: channel(urgent) },
    { name: 'kanaal-van-mij', card: channel(claimed, { viewer: advisor.person }) },
    { name: 'kanaal-van-ander', card: channel(claimed, { viewer: colleague.person }) },
    { name: 'kanaal-wacht', card: channel(waiting, { viewer: advisor.person }) },
    { name: 'kanaal-afgerond', card: channel(closed) },
    { name: 'kanaal-overgedragen', card: movedCard(open, 'PBD-GO!') },
    {
      name: 'formulier-antwoord',
      card: answerForm({
        ...form,
        directory: content,
        text: '',
        source: '',
        theme: theme.id,
        minutes: undefined,
        propose: false,
        suggestions: [first, ...others.slice(0, 2)],
        drafts: false,
        drafted: false,
      }),
    },
    {
      name: 'formulier-antwoord-ontwerp',
      card: answerForm({
        ...form,
        directory: content,
        text: `Een CLB-dossier wordt minstens 10 jaar bewaard [1].\n\n[1] ${first.title} · ${first.sources[0]!.url}`,
        source: '',
        theme: theme.id,
        minutes: undefined,
        propose: false,
        suggestions: [first, ...others.slice(0, 2)],
        drafts: true,
        drafted: true,
        note: locale.forms.draft.label(1),
      }),
    },
    { name: 'formulier-wedervraag', card: textForm({ ...form, do: 'ask-back', text: '' }) },
    {
      name: 'formulier-samenvoegen',
      card: connectForm({ ...form, directory: content, choices: [open, linkedTo, closed] }),
    },
    { name: 'kanaal-samengevoegd', card: channel(merged) },
    { name: 'kanaal-gekoppeld', card: channel(linkedTo, { viewer: advisor.person }) },
    { name: 'status-samengevoegd', card: statusCard(content, merged, NOW + 10 * MINUTE) },
    { name: 'formulier-toewijzen', card: handOverForm({ ...form, colleagues: [colleague], themes: content.themes }) },
    { name: 'formulier-collega', card: consultForm({ ...form, directory: content, colleagues: [colleague] }) },
    {
      name: 'formulier-verwijzen',
      card: referForm({ ...form, services: content.themes[2]!.referral, form: referral, registered: false }),
    },
    {
      name: 'formulier-verwijzing-noteren',
      card: referForm({ ...form, services: content.themes[2]!.referral, form: referral, registered: true }),
    },
    { name: 'formulier-afsluiten', card: closeForm(form) },
    {
      name: 'open-vragen',
      card: openQuestionsCard({
        directory: content,
        unclaimed: [open],
        mine: [claimed],
        waiting: [waiting],
        others: 3,
      }),
    },
    ...registrationSamples(content),
    ...sessionSamples(content),
    ...weekSamples(content),
    digestSample(),
    ...statisticsSamples(content),
    ...topicSamples(content),
    ...itemSamples(content),
  ];
}

function registrationSamples(content: Content): { name: string; card: Card }[] {
  const today = '2026-11-24';
  const theme = 'dossier-en-inzage' as ThemeId;
  const centre = 'go-clb-gent' as CentreId;
  const known = content.items.filter(({ kind }) => kind === 'faq').slice(0, 40);
  const made = (n: number): Ticket =>
    must(
      register(
        {
          id: `registered-${n}` as TicketId,
          number: `HD-2026-015${n}`,
          channel: 'phone',
          question: 'Wie tekent het overdrachtsformulier?',
          service,
          askedAt: NOW,
          requester: { name: '', centre },
          theme,
          minutes: 10,
        },
        advisor,
        NOW,
      ),
    );
  const ticket = made(1);
  const corrected = must(correct(ticket, advisor, NOW + MINUTE, 'c', { channel: 'mail', minutes: 4 }));
  const empty = { question: '', minutes: '', day: today };
  const filled = { ...empty, centre, theme, minutes: '10' };
  const days = [today, '2026-11-23', '2026-11-22'];
  const common = { directory: content, known, key: 'key', today, days };
  const typed = 'Mag de mama van Jonas het dossier zien?';
  return [
    { name: 'registreer', card: registrationCard({ ...common, form: empty }) },
    {
      name: 'registreer-bewaard',
      card: registrationCard({
        ...common,
        form: filled,
        last: {
          tickets: [ticket],
          similar: content.items.find(({ id }) => id === 'mdd-overdracht-verzet') ?? known[0],
          like: [{ ...made(4), number: 'HD-2026-0098', question: 'Wie tekent dat overdrachtsformulier?' }],
        },
      }),
    },
    {
      name: 'registreer-bevraging',
      card: registrationCard({
        ...common,
        form: filled,
        offersLinks: true,
        last: {
          tickets: [ticket],
          link: 'https://helpdesk.example.org/bevraging/sample-of-a-ticket.sample-of-a-secret-00',
        },
      }),
    },
    {
      name: 'registreer-drie-keer',
      card: registrationCard({ ...common, form: filled, last: { tickets: [ticket, made(2), made(3)] } }),
    },
    {
      name: 'registreer-ongedaan',
      card: registrationCard({
        ...common,
        form: { ...filled, question: ticket.question },
        notice: locale.registration.undone([ticket.number]),
      }),
    },
    {
      name: 'registreer-naam',
      card: registrationCard({
        ...common,
        form: { ...filled, question: typed.replace('Jonas', locale.privacy.masks.name), typed },
        problem: locale.registration.masked(locale.privacy.kinds.name),
        namesOnly: true,
      }),
    },
    {
      name: 'registreer-twijfel',
      card: registrationCard({
        ...common,
        form: { ...filled, question: 'wie mag dit lezen?' },
        problem: locale.registration.doubt(['centre', 'minutes']),
      }),
    },
    {
      name: 'geregistreerd',
      card: registeredCard({ directory: content, ticket: corrected, canCorrect: true, canRetract: true }),
    },
    {
      name: 'geregistreerd-ongedaan',
      card: registeredCard({
        directory: content,
        ticket: must(retract(ticket, advisor, NOW)),
        canCorrect: false,
        canRetract: false,
      }),
    },
    {
      name: 'formulier-bericht',
      card: messageForm({
        directory: content,
        message: 'message',
        form: {
          question: `Mag de mama van ${locale.privacy.masks.name} het dossier inkijken?`,
          theme,
          minutes: '',
          day: today,
        },
        today,
        problem: locale.onMessage.masked(locale.privacy.kinds.name),
      }),
    },
    { name: 'faq-gedeeld', card: itemCard(content, known[0]!, NOW) },
    {
      name: 'formulier-aanpassen',
      card: correctionForm({
        directory: content,
        ticket,
        key: 'key',
        form: { theme, centre, channel: 'phone', minutes: '10' },
      }),
    },
  ];
}

function sessionSamples(content: Content): { name: string; card: Card }[] {
  const session: Session = {
    id: 'session' as SessionId,
    programme: 'Helpdesk live',
    theme: 'dossier-en-inzage',
    title: 'Inzage in het dossier',
    day: '2026-11-19',
    level: 'CLB',
    sessions: 1,
    participants: 24,
    links: [],
    tickets: [],
    by: { person: advisor.person, name: advisor.name },
    at: NOW,
    history: [],
  };
  const form = {
    programme: session.programme,
    theme: session.theme,
    subject: session.title,
    day: session.day,
    level: session.level,
    participants: '24',
    perCentre: 'gent 12, kortrijk 8',
    minutes: '90',
    links: '',
    questions: '',
  };
  const blank = { theme: '', subject: '', level: '', participants: '', perCentre: '', minutes: '' };
  const common = { directory: content, key: 'key', latest: [session] };
  return [
    { name: 'sessie', card: sessionCard({ ...common, form: { ...form, ...blank } }) },
    { name: 'sessie-aanpassen', card: sessionCard({ ...common, form, session: session.id }) },
    {
      name: 'sessie-fout',
      card: sessionCard({ ...common, form, problem: locale.sessionRefusal({ kind: 'more-per-centre', sum: 20 }) }),
    },
  ];
}

const digestSample = (): { name: string; card: Card } => ({
  name: 'maandoverzicht',
  card: digestCard({
    title: locale.report.digest.title('oktober', '2026'),
    demonstration: true,
    lines: [
      { label: locale.report.digest.questions, text: locale.report.digest.asked(280, 210) },
      {
        label: locale.report.digest.most,
        text: [['Beroepsgeheim en ambtsgeheim', 50] as const, ['Onderwijsloopbaanbegeleiding', 20] as const]
          .map(([theme, n]) => locale.report.digest.themed(theme, n))
          .join(', '),
      },
      { label: locale.report.digest.reach, text: locale.report.digest.reached(18, 19, ['GO! CLB regio Meetjesland']) },
      { label: locale.report.digest.first, text: locale.report.digest.responded(5 * 3_600_000, 0.7, 60) },
      { label: locale.report.digest.satisfied, text: locale.report.digest.scored(0.69, 0.43, 7) },
    ],
    themes: [
      { label: 'Beroepsgeheim en ambtsgeheim', value: 50, before: 40 },
      { label: 'Onderwijsloopbaanbegeleiding', value: 20, before: undefined },
      { label: 'Multidisciplinair dossier, inzage en overdracht', value: 20, before: 10 },
    ],
    topics: [
      {
        name: 'Vragen over leerlingenvervoer',
        text: locale.report.digest.topic(10, 6, locale.report.digest.gap),
      },
      {
        name: 'Wat is het verschil tussen een GC-verslag, een IAC-verslag en een OV4-verslag?',
        text: locale.report.digest.topic(20, 5, locale.report.digest.decided('Helpdesksessie')),
      },
    ],
  }),
});

function statisticsSamples(content: Content): { name: string; card: Card }[] {
  const { tables, definitions, share, duration, n } = locale.figures;
  const { detail } = locale.sheets;
  const line = (key: keyof typeof definitions, value: string, more = '') => ({
    ...definitions[key],
    value,
    detail: more,
  });
  const view = {
    schoolYear: '2026-2027',
    asOf: NOW,
    total: 282,
    demonstration: false,
    lines: [
      line('questions', '282'),
      line('requesters', '209'),
      line('reach', share(0.95), detail.centres(18, 19)),
      line('selfService', share(0.34), detail.unconfirmed(share(0.1))),
      line('firstResponse', duration(5 * 3_600_000), n(253)),
    ],
    own: ['POC+'],
    tables: [
      {
        id: 'byTheme',
        heading: tables.byTheme,
        rows: content.themes
          .slice(0, 5)
          .map(({ name }, at) => ({ label: name, value: at === 4 ? undefined : 46 - 9 * at })),
      },
      {
        id: 'byChannel',
        heading: tables.byChannel,
        rows: (['teams', 'phone', 'mail'] as const).map((id, at) => ({
          label: locale.channel[id],
          value: [204, 58, 20][at],
        })),
      },
    ],
  };
  return [
    { name: 'statistiek', card: statisticsCard(view) },
    { name: 'statistiek-leeg', card: statisticsCard({ ...view, total: 0 }) },
  ];
}

function weekSamples(content: Content): { name: string; card: Card }[] {
  const minutes = [200, 0, 95, 0, 0];
  const days = minutes.map((spent, index) => ({
    day: `2026-11-${23 + index}`,
    minutes: spent,
    questions: spent > 0 ? 3 : 0,
    ended: index < 3,
  }));
  const form = { day: '2026-11-24', minutes: '', strategy: 'helpdesk', theme: '', note: '' };
  const common = {
    directory: content,
    strategies: content.strategies,
    days,
    form,
    key: 'key',
    earlier: '2026-11-16',
  };
  const line = locale.week.saved(locale.common.minutes(90), 'Materialenbank', locale.shortDay('2026-11-24'));
  const untimed = must(
    verbs.ask(
      {
        id: 'untimed' as TicketId,
        number: 'HD-2026-0144',
        channel: 'teams',
        requester: { name: '' },
        question: 'Hoe lang bewaren we het dossier na uitschrijving?',
        service,
      },
      NOW,
    ),
  );
  return [
    { name: 'mijn-week', card: weekCard(common) },
    { name: 'mijn-week-zonder-tijd', card: weekCard({ ...common, untimed: [untimed] }) },
    { name: 'mijn-week-genoteerd', card: weekCard({ ...common, later: '2026-11-30', last: { time: 'time', line } }) },
  ];
}

function topicSamples(content: Content): { name: string; card: Card }[] {
  const evidence = (questions: number, answered: number, requesters: number | undefined): ShownTopic['evidence'] => ({
    questions,
    requesters,
    centreCount: 8,
    centres: [],
    channels: [
      { id: 'teams', questions: questions - 3 },
      { id: 'phone', questions: 3 },
    ],
    findings: { none: questions - answered - 1, unsure: 0, rejected: 1, answered },
    minutes: 185,
    lastAskedAt: NOW - 3 * 86_400_000,
  });
  const side = { weeks: 12, questions: 19, perFourWeeks: 19 / 3, holidayWeeks: 1 };
  const gap: ShownTopic = {
    id: 'question:sample' as TopicId,
    name: locale.topics.named(['leerlingenvervoer', 'buitengewoon', 'aanvragen']),
    themeName: content.themes.find(({ id }) => id === ('onderwijsregelgeving' as ThemeId))!.name,
    words: ['leerlingenvervoer', 'buitengewoon', 'aanvragen'],
    recurring: true,
    gap: true,
    evidence: evidence(17, 2, 12),
  };
  const known = (id: string, questions: number): ShownTopic => {
    const { title, themes } = content.items.find((one) => one.id === (id as ItemId))!;
    return {
      ...gap,
      id: `item:${id}` as TopicId,
      name: title,
      item: { id: id as ItemId, title },
      themeName: content.themes.find((theme) => theme.id === themes[0])!.name,
      words: [],
      gap: false,
      evidence: evidence(questions, questions - 2, 9),
    };
  };
  const followed: ShownTopic = {
    ...known('mdd-bewaartermijn', 23),
    followUp: {
      kindName: 'Helpdesksessie',
      ownerName: 'Aanspreekpunt dossier en inzage',
      status: 'done',
      date: '2026-09-01',
      note: 'Opname staat in de materialenbank.',
      by: 'Kwaliteitsteam',
      at: NOW - 90 * 86_400_000,
      effect: {
        state: 'complete',
        before: side,
        after: { ...side, questions: 7, perFourWeeks: 7 / 3, holidayWeeks: 2 },
      },
    },
  };
  const recurring = [
    followed,
    gap,
    known('mdd-kopie', 11),
    known('mdd-inzage-leerling-12-plus', 9),
    known('mdd-inzage-ouder-jonger-12', 6),
    known('mdd-kopie', 5),
  ];
  const questions = [
    'moet het CLB tekenen voor leerlingenvervoer BuO',
    'leerlingenvervoer aanvragen, hoe doe ik dat?',
  ].map((question, at) => ({
    ticket: `sample-${at}` as TicketId,
    number: `HD-2026-014${at}`,
    day: '2026-11-21',
    centre: 'GO! CLB regio Gent',
    question,
    ties: ['leerlingenvervoer'],
  }));
  const form: DecisionFormView = {
    topic: gap.id,
    name: gap.name,
    key: 'key',
    form: {
      kind: content.followUps[0]!.id,
      owner: content.contacts[0]!.id,
      date: '2026-12-01',
      status: 'planned',
      note: '',
    },
    kinds: content.followUps,
    owners: content.contacts,
    history: [],
    canUndo: false,
  };
  const earlier: FollowUpEvent = {
    type: 'decided',
    at: NOW - 86_400_000,
    by: { person: 'quality' as PersonId, name: 'Kwaliteitsteam' },
    key: 'key',
    ...form.form,
    kind: content.followUps[0]!.id,
    owner: content.contacts[0]!.id,
  };
  const overview = { schoolYear: '2026-2027', ready: true, demonstration: false, own: [], gaps: 1 };
  return [
    { name: 'terugkerend', card: topicsCard({ ...overview, recurring }) },
    { name: 'terugkerend-leeg', card: topicsCard({ ...overview, recurring: [], gaps: 0 }) },
    { name: 'terugkerend-onderwerp', card: topicCard({ topic: gap, questions, canDecide: true }) },
    { name: 'terugkerend-opgevolgd', card: topicCard({ topic: followed, questions: [], canDecide: false }) },
    { name: 'formulier-opvolging', card: decisionForm(form) },
    {
      name: 'formulier-opvolging-fout',
      card: decisionForm({
        ...form,
        form: { ...form.form, note: 'Vraag van de mama van Jonas.' },
        history: [earlier],
        canUndo: true,
        problem: locale.topics.personal(locale.topics.list([locale.privacy.kinds.name])),
      }),
    },
  ];
}

const clueLines = (): string[] => [
  locale.cases.rare(['GO! CLB regio Gent', 'Psycholoog', 'Dossier en inzage']),
  locale.cases.clue.place('Zulte'),
  locale.cases.clue.age('13-jarige'),
  locale.cases.clue.family('gescheiden'),
];
const CONCERNS_SHOWN: Concern[][] = [
  [{ kind: 'regulation', on: '2026-11-15' }],
  [
    { kind: 'source', url: 'https://www.vrijclb.be/dossier', how: 'refused' },
    { kind: 'unhelpful', times: 4 },
  ],
  [{ kind: 'unreviewed', since: '2025-09-02' }, { kind: 'unshown' }],
];

function itemSamples(content: Content): { name: string; card: Card }[] {
  const id = 'toegangsbadge-archieflokaal-aanvragen-3f1c5d' as ItemId;
  const by = { person: advisor.person, name: advisor.name };
  const substitute = { person: 'substitute' as PersonId, name: 'Adviseur beroepsgeheim (POC+)' };
  const text: ItemText = {
    question: 'Hoe vraag ik een toegangsbadge aan voor het archieflokaal?',
    answer: 'Mail het **onthaal** van je centrum met je personeelsnummer. De badge ligt na drie werkdagen klaar.',
    variants: ['badge archief kwijt, wat nu', 'wie geeft toegang tot het archief'],
    theme: 'dossier-en-inzage' as ThemeId,
    audience: ['clb'],
    sources: [{ title: 'Het CLB-dossier', url: 'https://www.vrijclb.be/werking-clb/het-clb-dossier' }],
  };
  const proposed: ItemEvent = { type: 'proposed', at: NOW, by, key: 'k1', text };
  const reason = 'Zet erbij wat je doet als de badge kwijt is.';
  const shorter = { ...text, answer: 'Mail het onthaal van je centrum. De badge ligt na drie werkdagen klaar.' };
  const histories: Record<string, ItemEvent[]> = {
    voorgesteld: [proposed],
    teruggestuurd: [proposed, { type: 'sent-back', at: NOW + MINUTE, by: substitute, key: 'k2', version: 1, reason }],
    gepubliceerd: [
      proposed,
      { type: 'published', at: NOW + MINUTE, by: substitute, key: 'k3', version: 1 },
      { type: 'proposed', at: NOW + 2 * MINUTE, by, key: 'k4', text: shorter },
      { type: 'published', at: NOW + 3 * MINUTE, by: substitute, key: 'k5', version: 2 },
    ],
    weggehaald: [
      proposed,
      { type: 'published', at: NOW + MINUTE, by: substitute, key: 'k3', version: 1 },
      { type: 'retired', at: NOW + 2 * MINUTE, by: substitute, key: 'k6', reason: 'De badges zijn afgeschaft.' },
    ],
  };
  const near = content.items.filter(({ themes }) => themes[0] === text.theme).slice(0, 2);
  const link = 'https://example.org/werkveld/stappenplan-verhuis';
  const offered: ItemText = {
    question: 'Stappenplan: papieren dossiers verhuizen als een vestiging sluit',
    answer: 'Checklist voor onthaal en directie: wat gaat mee, wie tekent af en wanneer vernietig je.',
    variants: [],
    theme: text.theme,
    audience: ['clb'],
    sources: [{ title: 'Stappenplan: papieren dossiers verhuizen als een vestiging sluit', url: link }],
    material: { kind: 'draaiboek', origin: 'GO! CLB regio Gent' },
  };
  const offering: ItemEvent[] = [
    { ...proposed, by: { person: 'requester' as PersonId, name: 'Vraagsteller Gent' }, text: offered },
  ];
  const shared = liveItem(
    replayItem(id, [...offering, { type: 'published', at: NOW + MINUTE, by: substitute, key: 'k2', version: 1 }]),
    content,
  )!;
  const form = {
    directory: content,
    key: 'key',
    ticket: 'sample' as TicketId,
    about: undefined,
    form: {
      question: text.question,
      answer: text.answer,
      variants: text.variants.join('\n'),
      theme: text.theme,
      audience: 'clb',
      sources: sourceLines(text.sources),
    },
    nearest: near,
  };
  const entry = replayItem(id, histories.gepubliceerd!);
  const row = (line: string) => ({
    line: `Multidisciplinair dossier · ${line}`,
    hint: locale.items.review.state.proposed(by.name, NOW),
    press: { do: 'open-item', item: id },
  });
  const draft: Draft = {
    status: 'waiting',
    ticket: 'sample' as TicketId,
    by,
    at: NOW,
    keys: [],
    text: {
      title: 'Een ouder vraagt het dossier, de andere weet van niets',
      theme: text.theme,
      situation: 'Een ouder van een 13-jarige uit Zulte vraagt het hele dossier op.\nDe ouders zijn gescheiden.',
      question: 'Wat geef je mee, en wie moet dat weten?',
      approach: 'Plan een gesprek, haal eruit wat over anderen gaat en noteer wat je meegaf.',
      lesson: 'Wat verandert er als de leerling bekwaam is?',
    },
  };
  return [
    {
      name: 'formulier-faq',
      card: itemForm({
        ...form,
        found: locale.items.form.found(locale.items.form.finding(locale.privacy.kinds.name, 'Jonas')),
      }),
    },
    {
      name: 'formulier-faq-fout',
      card: itemForm({
        ...form,
        form: { ...form.form, answer: 'De mama van Jonas mailde het onthaal.' },
        nearest: [],
        problem: locale.items.form.personal(locale.items.form.finding(locale.privacy.kinds.name, 'Jonas')),
        remedy: 'names-only',
      }),
    },
    ...Object.entries(histories).map(([name, events]) => ({
      name: `faq-${name}`,
      card: reviewCard({
        directory: content,
        entry: replayItem(id, events),
        owner: 'poc-dossier' as ContactId,
        near: name === 'voorgesteld' ? near.map(({ title }) => title) : [],
      }),
    })),
    {
      name: 'formulier-materiaal',
      card: materialForm({
        needsCentre: true,
        directory: content,
        key: 'key',
        about: undefined,
        form: {
          link,
          title: offered.question,
          sentence: 'Checklist die Jonas van het onthaal maakte.',
          kind: 'draaiboek',
          theme: text.theme,
          centre: 'go-clb-gent' as CentreId,
        },
        problem: locale.items.form.personal(locale.items.form.finding(locale.privacy.kinds.name, 'Jonas')),
        remedy: 'names-only',
      }),
    },
    {
      name: 'materiaal-voorgesteld',
      card: reviewCard({
        directory: content,
        entry: replayItem(id, offering),
        owner: 'poc-dossier' as ContactId,
        near: [],
      }),
    },
    { name: 'materiaal-uit-het-werkveld', card: itemCard(content, shared, NOW) },
    { name: 'formulier-faq-reden', card: reasonForm({ entry, version: 2, how: 'send-back', key: 'key' }) },
    {
      name: 'kennisbank',
      card: itemListCard([
        { heading: locale.items.list.toReview, rows: [row(text.question)] },
        { heading: locale.items.list.mine, rows: [row('Mag een school een kopie van het dossier vragen?')] },
      ]),
    },
    {
      name: 'faq-hielp-niet',
      card: missCard({
        ticket: 'sample' as TicketId,
        sentence: undefined,
        question: 'wanneer mogen die paperassen van [naam] de versnipperaar in',
        shown: near[0]!.title,
        answered: shorter.answer,
        candidates: near.slice(1),
        decided: undefined,
      }),
    },
    { name: 'kennisbank-leeg', card: itemListCard([]) },
    {
      name: 'kennisbank-nakijken',
      card: itemListCard(
        [
          {
            heading: locale.upkeep.forRole('Dossier en inzage', 3),
            rows: CONCERNS_SHOWN.map((concerns, at) => ({
              line: near[at % near.length]!.title,
              hint: concerns.map((concern) => locale.upkeep.concern(concern)).join(' · '),
              press: { do: 'open-item', item: id },
            })),
          },
        ],
        { title: locale.upkeep.title },
      ),
    },
    ...(['waiting', 'sent-back'] as const).map((status) => ({
      name: status === 'waiting' ? 'casus' : 'casus-teruggestuurd',
      card: caseCard({
        id: 'sample' as CaseId,
        draft: { ...draft, status, ...(status === 'waiting' ? {} : { reason }) },
        theme: 'Dossier en inzage',
        coreProcess: 'Leerlingbegeleiding',
        clues: clueLines(),
      }),
    })),
    {
      name: 'formulier-casus',
      card: caseForm({
        ticket: 'sample' as TicketId,
        case: undefined,
        key: 'key',
        form: draft.text,
        themes: content.themes,
        clues: clueLines(),
        problem: locale.cases.form.judge,
      }),
    },
    ...setUpSamples(content),
    {
      name: 'formulier-regelgeving',
      card: regulationForm({
        themes: content.themes,
        flags: [{ theme: text.theme, changedOn: '2026-09-01', at: NOW, by }],
        form: { theme: text.theme, day: '2026-11-15', url: 'https://example.org/omzendbrief' },
      }),
    },
    {
      name: 'faq-regelgeving-gewijzigd',
      card: itemCard(
        {
          ...content,
          regulations: [
            { theme: near[0]!.themes[0], changedOn: '2026-11-15', url: 'https://example.org/omzendbrief', at: NOW, by },
          ],
        },
        near[0]!,
        NOW,
      ),
    },
  ];
}

function setUpSamples(content: Content): { name: string; card: Card }[] {
  const [contact, next, other] = content.contacts.slice(1, 4);
  const theme = content.themes[0]!;
  const away = { from: '2026-12-21', to: '2027-01-03', contact: contact!.id, substitute: next!.id };
  const dated = (one: Contact, absent: Contact): Contact => ({
    ...one,
    absences: one === absent ? [{ from: '2026-11-20', to: '2026-12-04', substitute: next!.id }] : [],
  });
  const absent = { ...content, contacts: content.contacts.map((one) => dated(one, contact!)) };
  const { line, by, add, endOf } = locale.setUp.absence;
  const { channelSet, channelMissing, channelHow, counted, title, ...heading } = locale.setUp.overview;
  const [poc, pbd] = content.services;
  const changes = { key: 'key', made: 1, last: locale.setUp.contact.last('Beheerder', 'di 24 nov') };
  const buttons = [
    opening(locale.setUp.contacts.changeContact, { do: 'open-contact' }),
    opening(locale.setUp.contacts.changeTheme, { do: 'open-theme' }),
  ];
  return [
    {
      name: 'instellingen',
      card: setUpList({
        title,
        groups: [
          {
            heading: heading.channels,
            rows: [
              { line: channelSet(poc!.name) },
              { line: channelMissing(pbd!.name), hint: channelHow(pbd!.id), wrong: true },
              { line: heading.qualityMissing, hint: heading.qualityHow },
            ],
          },
          { heading: heading.people, rows: [{ line: counted(content.contacts.length, content.themes.length) }] },
          {
            heading: heading.absences,
            rows: [{ line: line(contact!.role, away.from, away.to), hint: by(next!.role) }],
          },
          { heading: heading.todo, rows: [{ line: locale.setUp.gaps['no-substitute'](other!.role), wrong: true }] },
        ],
        buttons: [...buttons, opening(add, { do: 'open-absence' })],
      }),
    },
    {
      name: 'aanspreekpunten',
      card: setUpList({
        title: locale.setUp.contacts.title,
        groups: contactGroups(absent, '2026-11-24').map((group) => ({ ...group, rows: group.rows.slice(0, 8) })),
        buttons,
      }),
    },
    {
      name: 'mijn-afwezigheid',
      card: setUpList({
        title: locale.setUp.absence.mine,
        intro: locale.setUp.absence.saved(contact!.role, away.from, away.to),
        groups: [{ rows: [{ line: line(contact!.role, away.from, away.to), hint: by(next!.role) }] }],
        buttons: [
          opening(add, { do: 'open-absence' }),
          {
            title: endOf(contact!.role, away.from, away.to),
            data: { do: 'end-absence', contact: contact!.id, absence: 'a' },
          },
        ],
      }),
    },
    {
      name: 'formulier-afwezigheid',
      card: absenceForm({
        contacts: content.contacts,
        substitutes: content.contacts.filter(({ service }) => service === poc!.id),
        form: away,
        key: 'key',
        problem: locale.setUp.refusal({ kind: 'substitute-absent', role: next!.role, to: '2027-01-03' }),
      }),
    },
    {
      name: 'formulier-kies-aanspreekpunt',
      card: chooseForm({ kind: 'contact', of: content.contacts.map(({ id, role }) => ({ id, name: role })) }),
    },
    {
      name: 'formulier-aanspreekpunt',
      card: contactForm({
        directory: content,
        contact: contact!,
        form: { role: contact!.role, email: contact!.email, substitute: contact!.substitute ?? '' },
        ...changes,
      }),
    },
    {
      name: 'formulier-thema',
      card: themeForm({
        directory: content,
        theme,
        form: {
          name: theme.name,
          keywords: theme.keywords.join('\n'),
          service: theme.service,
          contact: contact!.id,
          retired: false,
        },
        ...changes,
      }),
    },
  ];
}

function privacySamples(typed: string): { name: string; card: Card }[] {
  const { masks } = locale.privacy;
  return [
    {
      name: 'privacy',
      card: privacyCard({
        text: typed,
        masked: `Mag ik de mama van ${masks.name} bellen op ${masks.phone}?`,
        findings: [
          { kind: 'name', value: 'Jonas Peeters' },
          { kind: 'phone', value: '0470 12 34 56' },
        ],
        namesOnly: false,
        emergency: [],
      }),
    },
    {
      name: 'privacy-naam',
      card: privacyCard({
        text: 'Mag ik de mama van Jonas inlichten?',
        masked: `Mag ik de mama van ${masks.name} inlichten?`,
        findings: [{ kind: 'name', value: 'Jonas' }],
        namesOnly: true,
        emergency: [],
      }),
    },
  ];
}

function askSample(content: Content, question: string, problem?: string): Card {
  return askForm({
    directory: content,
    ticket: 'sample',
    key: 'key',
    question,
    theme: 'dossier-en-inzage' as ThemeId,
    requester: { centre: 'go-clb-gent' as CentreId },
    urgency: 'this-week',
    emergency: [],
    ...(problem ? { problem, found: 'personal-data' as const } : {}),
  });
}

function delivery(content: Content, ticket: Ticket, text: string, source: string): Card {
  const title = locale.delivery.answerTitle(ticket.number);
  const by = { person: advisor.person, name: advisor.name };
  return deliveryCard(
    { directory: content, ticket, title, text, source, by, hint: locale.delivery.reopenHint },
    NOW + 10 * MINUTE,
  );
}
