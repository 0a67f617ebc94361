// The public pages in Dutch: what the helpdesk is, privacy and terms. Facts of the program only; no legal ground.

export const pages = {
  about: {
    title: 'Helpdesk van POC+ en PBD-GO!',
    intro:
      'Stel je vraag in Teams. Je krijgt een antwoord met bron, of een adviseur van POC+ of PBD-GO! helpt je verder.',
    sections: [
      {
        title: 'Zo begin je',
        lines: [
          'Zoek in Teams bij Apps naar "Helpdesk" en voeg hem toe.',
          'Typ je vraag in je eigen woorden, of typ "help".',
          'Vind je de app niet, vraag ze dan aan de beheerder van Teams in je school of centrum.',
        ],
      },
    ],
  },
  privacy: {
    title: 'Privacy',
    intro:
      'Wat de helpdesk over jou bijhoudt, hoe lang, en wat je zelf kan doen. De helpdesk is geen leerlingendossier.',
    sections: (days: number) => [
      {
        title: 'Wat we bijhouden',
        lines: [
          'Van wie een vraag stelt: naam en kenmerk in Teams, centrum en functie als je die invult.',
          'Van je vraag: de tekst, het thema, het antwoord en de tijdstippen. Bijlagen worden niet bewaard.',
          'Van wie antwoordt: naam, en de tijd die ze noteerde.',
        ],
      },
      {
        title: 'Gegevens van leerlingen',
        lines: [
          'Zet geen namen of gegevens van leerlingen in je vraag.',
          'De helpdesk kijkt mee voor hij iets bewaart: staat er iets herkenbaars in, dan kies jij wat ermee gebeurt. Een rijksregisternummer kan niet verstuurd worden. Dat is een hulpmiddel, geen garantie.',
        ],
      },
      {
        title: 'Waarvoor en door wie',
        lines: [
          'Om je vraag te beantwoorden: jij, en de adviseurs van de dienst die ze behandelt.',
          'Om te zien wat er gevraagd wordt: het kwaliteitsteam, in cijfers waarin kleine aantallen weggelaten worden voor wie niet alles mag zien.',
          'Je gegevens worden niet verkocht of voor reclame gebruikt, en er wordt geen profiel van je gemaakt.',
        ],
      },
      {
        title: 'Hoe lang',
        lines: [
          `Teksten, antwoorden en namen: tot ${days} dagen na het einde van het schooljaar. Daarna blijven enkel aantallen.`,
          'Wat je in Teams zelf typte en kreeg, volgt de bewaartermijn van Teams in jouw organisatie.',
        ],
      },
      {
        title: 'Wat je zelf kan doen',
        lines: [
          'Typ "mijn gegevens" bij de helpdesk: je ziet alles wat over jou bewaard is, ook als bestand.',
          'Typ "wis mijn gegevens": tekst, naam en koppeling worden gewist, aantallen blijven.',
          'Iets verbeteren of een vraag of klacht: stel ze aan de helpdesk, of aan de functionaris voor gegevensbescherming van je organisatie.',
        ],
      },
    ],
  },
  terms: {
    title: 'Voorwaarden',
    intro: 'Wat je van de helpdesk mag verwachten, en wat hij van jou vraagt.',
    sections: [
      {
        title: 'Wat je mag verwachten',
        lines: [
          'Antwoorden tonen hun bron. Is de helpdesk niet zeker, dan zegt hij dat en helpt een adviseur.',
          'Een antwoord is advies, en vervangt geen beslissing van je centrum of school en geen juridisch advies.',
          'De helpdesk is geen noodlijn. Bij acuut gevaar: bel 112.',
        ],
      },
      {
        title: 'Wat we van jou vragen',
        lines: [
          'Gebruik de helpdesk voor je werk, met je eigen account.',
          'Zet geen namen of gegevens van leerlingen in je vraag.',
          'Deel een antwoord met zijn bron.',
        ],
      },
    ],
  },
};
