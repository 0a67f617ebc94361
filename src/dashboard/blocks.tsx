// Which block shows which sheet and how, in the order of the page. Knows no server.

import { lazy, Suspense } from 'react';
import type { Sheet, View, ViewFilters } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import type { Api } from './api.ts';
import { Block } from './block.tsx';
import { Bars, Grid, Months, Scores } from './charts.tsx';

const { sections, block } = pageWords;
const Impacts = lazy(() => import('./impacts.tsx'));
const Reviews = lazy(() => import('./review.tsx'));
const Topics = lazy(() => import('./topics.tsx'));

type Props = { api: Api; filters: ViewFilters; view: View; years: Sheet | undefined };

export default function Blocks({ api, filters, view, years }: Props) {
  const { sheets, notes, asOf } = view;
  return (
    <>
      <nav className="sections" aria-label={sections.label}>
        {(['themes', 'reach', 'work', 'satisfaction', 'topics', 'bot', 'years'] as const).map((id) => (
          <a key={id} href={`#${id}`}>
            {sections[id]}
          </a>
        ))}
      </nav>
      <div className="blocks">
        <Suspense>
          <Reviews api={api} asOf={asOf} />
        </Suspense>
        <Block sheet={sheets.months} chart={<Months sheet={sheets.months} />} wide />
        <h2 id="themes">{sections.themes}</h2>
        <Block sheet={sheets.themes} chart={<Bars sheet={sheets.themes} />} wide />
        <Block sheet={sheets.processes} chart={<Bars sheet={sheets.processes} />} />
        <Block sheet={sheets.channels} chart={<Bars sheet={sheets.channels} all />} />
        <Block sheet={sheets.sessions} wide />
        <h2 id="reach">{sections.reach}</h2>
        <Block sheet={sheets.reach} chart={<Grid sheet={sheets.reach} />} wide note={block.silentList(notes.silent)} />
        <Block sheet={sheets.schools} chart={<Bars sheet={sheets.schools} />} />
        <Block sheet={sheets.functions} chart={<Bars sheet={sheets.functions} all />} />
        <Block sheet={sheets.outcomes} chart={<Bars sheet={sheets.outcomes} all />} />
        <h2 id="work">{sections.work}</h2>
        <Block sheet={sheets.durations} wide note={notes.withinTarget} />
        <Block sheet={sheets.quality} />
        <Block sheet={sheets.backlog} chart={<Bars sheet={sheets.backlog} all />} />
        <Block sheet={sheets.minutes} chart={<Bars sheet={sheets.minutes} />} wide note={notes.logged} />
        <h2 id="satisfaction">{sections.satisfaction}</h2>
        <Block sheet={sheets.satisfaction} chart={<Scores sheet={sheets.satisfaction} />} wide note={notes.response} />
        <h2 id="topics">{sections.topics}</h2>
        <Suspense>
          <Topics api={api} filters={filters} asOf={asOf} />
          <Impacts api={api} filters={filters} asOf={asOf} />
        </Suspense>
        <h2 id="bot">{sections.bot}</h2>
        <Block sheet={sheets.bot} chart={<Bars sheet={sheets.bot} all />} wide />
        <h2 id="years">{sections.years}</h2>
        {years ? <Block sheet={years} wide /> : null}
      </div>
    </>
  );
}
