// The page itself: key figures, blocks and the list behind a number, for the view in the address. Knows no protocol.

import { Button, MessageBar, MessageBarActions, MessageBarBody, Spinner } from '@fluentui/react-components';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import {
  FILTER_NAMES,
  type Sheet,
  type SheetId,
  type View,
  type ViewFilters,
} from '../app/figures/dashboard-shapes.ts';
import { brusselsDay } from '../domain/working-time.ts';
import { pageWords } from '../locale/page-words.ts';
import { go, type Place, usePlace } from './address.ts';
import { type Api, ApiError } from './api.ts';
import { type Around, AroundContext } from './block.tsx';
import { Filters } from './filters.tsx';
import { KeyFigures } from './key-figures.tsx';
import { useView, type Viewing } from './use-view.ts';

const Blocks = lazy(() => import('./blocks.tsx'));
const TicketList = lazy(() => import('./drill.tsx'));
const { status } = pageWords;

export function Dashboard({ api, signIn }: { api: Api; signIn: () => Promise<void> }) {
  const place = usePlace();
  const viewing = useView(api, place.filters);
  const { view, problem } = viewing;
  if (problem?.kind === 'refused') {
    return (
      <main className="alone">
        <h1>{status.refusedTitle}</h1>
        <p>{problem.message || status.refusedHelp}</p>
        <p>{problem.message ? status.refusedHelp : ''}</p>
        <Button onClick={viewing.retry}>{status.retry}</Button>
      </main>
    );
  }
  const again = (): void => void signIn().then(viewing.retry, viewing.retry);
  return (
    <>
      <header className="top">
        <div>
          <h1>
            {pageWords.title}
            {view?.demonstration ? <span className="badge">{pageWords.demonstration}</span> : null}
          </h1>
          {view ? <p className="period">{pageWords.days(view.period)}</p> : null}
          {view ? <p className="period on-paper">{onPaper(view)}</p> : null}
        </div>
        <div className="state" role="status">
          {view ? <Freshness viewing={viewing} view={view} /> : null}
        </div>
        {view ? (
          <Button className="print" size="small" appearance="subtle" onClick={() => window.print()}>
            {pageWords.print.button}
          </Button>
        ) : null}
      </header>
      <Trouble viewing={viewing} signIn={again} />
      {view ? <Looking api={api} view={view} place={place} viewing={viewing} /> : null}
      {!view && !problem ? <Spinner className="alone" label={status.loading} /> : null}
    </>
  );
}

function Freshness({ viewing, view }: { viewing: Viewing; view: View }) {
  if (viewing.waiting) return <>{status.loading}</>;
  const { confirmedAt, problem } = viewing;
  return (
    <>
      {problem ? null : <i className="pulse" aria-hidden="true" />}
      {status.updated(pageWords.time(problem ? view.asOf : (confirmedAt ?? view.asOf)))}
      {problem ? '' : ` · ${status.live}`}
    </>
  );
}

/** Sentences about what is wrong, above figures that stay. */
function Trouble({ viewing, signIn }: { viewing: Viewing; signIn: () => void }): ReactNode {
  const { problem, notice, view } = viewing;
  const expired = problem?.kind === 'expired';
  const since = viewing.confirmedAt ?? view?.asOf;
  const away = since === undefined ? status.unreachable : status.stale(pageWords.time(since));
  return (
    <div className="trouble">
      {problem ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {expired ? status.expired : away}
            {view && viewing.behind ? ` ${status.behind(chosen(view).join(', '))}` : ''}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={expired ? signIn : viewing.retry}>{expired ? status.signIn : status.retry}</Button>
          </MessageBarActions>
        </MessageBar>
      ) : null}
      {notice ? (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{notice}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={viewing.dismiss}>{status.close}</Button>
          </MessageBarActions>
        </MessageBar>
      ) : null}
    </div>
  );
}

type LookingProps = { api: Api; view: View; place: Place; viewing: Viewing };

function Looking({ api, view, place, viewing: { waiting, behind } }: LookingProps) {
  const { filters, drill } = place;
  const [failed, setFailed] = useState<string>();
  const years = useYears(api, filters, view);
  usePaperTitle(view);
  const total = view.figures.find(({ key }) => key === 'questions')?.number ?? 0;
  const filtered = Object.keys(filters).some((name) => name !== 'schoolYear');
  const nothing = total === 0 && !view.empty && filtered ? pageWords.empty.filtered : undefined;
  const around = useMemo<Around>(
    () => ({
      nothing,
      openList: (wanted) => go({ filters, drill: wanted }),
      download: (sheet: SheetId, format) => {
        setFailed(undefined);
        api.file(filters, sheet, format).then(save, () => setFailed(pageWords.block.exportFailed));
      },
    }),
    [api, filters, nothing],
  );
  const report = (format: 'docx' | 'xlsx'): void => {
    setFailed(undefined);
    api.annualReport(view.schoolYear, filters.service, format).then(save, (error) => {
      setFailed(error instanceof ApiError && error.kind === 'no' ? error.message : pageWords.report.failed);
    });
  };
  return (
    <AroundContext.Provider value={around}>
      <Filters view={view} filters={filters} />
      <main className={waiting ? 'waiting' : behind ? 'behind' : ''} aria-busy={waiting}>
        {failed ? (
          <MessageBar intent="error">
            <MessageBarBody>{failed}</MessageBarBody>
          </MessageBar>
        ) : null}
        {view.empty ? (
          <p className="nothing big">
            {pageWords.empty.everything} {pageWords.empty.try}
          </p>
        ) : null}
        <h2 id="overview" className="out-of-sight">
          {pageWords.sections.overview}
        </h2>
        <KeyFigures figures={view.figures} />
        <div className="report">
          <span>{[pageWords.report.heading, ...reported(view), view.schoolYear].join(' ')}</span>
          {(['docx', 'xlsx'] as const).map((format) => (
            <Button
              key={format}
              size="small"
              aria-label={pageWords.report.as(pageWords.report[format])}
              onClick={() => report(format)}
            >
              {pageWords.report[format]}
            </Button>
          ))}
        </div>
        <Suspense fallback={<Spinner className="alone" label={status.loading} />}>
          <Blocks api={api} filters={filters} view={view} years={years} />
        </Suspense>
      </main>
      {drill ? (
        <Suspense>
          <TicketList api={api} view={view} filters={filters} drill={drill} close={() => go({ filters })} />
        </Suspense>
      ) : null}
    </AroundContext.Provider>
  );
}

/** The service that the annual report is about, when it is one. */
function reported({ viewer, filters }: View): string[] {
  const about = viewer.services.filter(({ id }) => filters.service === undefined || id === filters.service);
  return about.length === 1 ? about.map(({ name }) => name) : [];
}

/** Whose figures, of which moment and through which filters: on the screen the filters themselves say so. */
function onPaper(view: View): string {
  const { by, asOf } = pageWords.print;
  const day = pageWords.day(brusselsDay(view.asOf));
  const services = by(view.viewer.services.map(({ name }) => name));
  return [services, asOf(day, pageWords.time(view.asOf)), ...chosen(view)].join(' · ');
}

/** The school year and the filters that a view is of, each as "Kanaal: telefoon". */
function chosen({ choices, filters, schoolYear }: View): string[] {
  const of = { ...filters, schoolYear };
  return FILTER_NAMES.filter((name) => of[name] !== undefined).map((name) =>
    pageWords.print.filter(
      pageWords.filters.names[name],
      choices[name]?.find(({ id }) => id === of[name])?.name ?? of[name] ?? '',
    ),
  );
}

/** Says at the top of each sheet of paper what it is of. */
function usePaperTitle({ period, demonstration }: View): void {
  const title = [pageWords.title, pageWords.days(period), ...(demonstration ? [pageWords.demonstration] : [])];
  const text = JSON.stringify(title.join(' · '));
  useEffect(() => document.documentElement.style.setProperty('--paper-title', text), [text]);
}

/** Counted apart and asked again only when the view changed, so that the first view does not wait for it. */
function useYears(api: Api, filters: ViewFilters, { asOf }: View): Sheet | undefined {
  const [years, setYears] = useState<{ sheet: Sheet; asOf: number }>();
  useEffect(() => {
    let stopped = false;
    api.years(filters).then(
      (sheet) => stopped || setYears({ sheet, asOf }),
      // The view says that the server is away; the years stay as they were.
      () => undefined,
    );
    return () => {
      stopped = true;
    };
  }, [api, filters, asOf]);
  return years?.sheet;
}

function save(file: File): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
