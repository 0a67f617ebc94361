// Every sentence of the playground's page that is not in page.html. Knows nothing else.

export const WORDS = {
  more: 'Meer acties',
  edited: 'bewerkt',
  reply: 'Antwoord in deze draad',
  replyLabel: 'Antwoord in deze draad, met @Helpdesk als je de helpdesk bedoelt',
  send: 'Verstuur',
  look: 'Bekijk',
  dismiss: 'Sluit melding',
  close: 'Sluit',
  sees: (name: string) => `Je bent ${name}`,
  typing: (name: string) => `${name} is aan het typen`,
  unread: (count: number) => `${count} nieuw`,
  emptyChat: 'Nog geen berichten. Stel hieronder een vraag in je eigen woorden.',
  emptyChannel: 'Nog geen berichten. Vragen voor de adviseurs verschijnen hier.',
  newMessage: 'Nieuw bericht',
  demonstration: 'Demonstratie',
  loading: 'Even geduld, de demonstratiegegevens worden geladen…',
  failed: 'De helpdesk antwoordt niet. Wacht even en probeer opnieuw.',
  actionFailed: 'Dat is niet gelukt. Probeer het opnieuw.',
  kinds: {
    requester: 'stelt vragen',
    advisor: 'beantwoordt vragen',
    quality: 'volgt de cijfers',
    administrator: 'beheert de helpdesk',
  },
  examples: {
    requester: ['Hoe lang bewaren we een dossier na uitschrijving?', 'mijn vragen', 'help'],
    advisor: ['open vragen', 'statistiek', 'help'],
    quality: ['statistiek', 'terugkerende vragen', 'help'],
    administrator: ['statistiek', 'help'],
  },
};
