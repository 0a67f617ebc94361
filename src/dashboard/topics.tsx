// What keeps coming back, what the index cannot answer yet, and what was decided about it. Knows no way of counting.

import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { TopicRow, TopicsView, ViewFilters } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import type { Api } from './api.ts';
import { Info } from './block.tsx';

const words = pageWords.topics;
const DecisionDialog = lazy(() => import('./decision.tsx'));
/** Topics that are shown before "Toon alle". */
const FIRST_ROWS = 5;
/** That go on paper. */
const PAPER_ROWS = 10;
/** While the questions are read for the first time. */
const AGAIN_MS = 3_000;

type Props = { api: Api; filters: ViewFilters; asOf: number };

export default function Topics({ api, filters, asOf }: Props) {
  const [held, setHeld] = useState<{ view: TopicsView; round: number; asOf: number }>();
  const [deciding, setDeciding] = useState<TopicRow>();
  const [said, setSaid] = useState<string>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const ask = async (): Promise<void> => {
      // The page says that the server is away; the topics stay as they were.
      const view = await api.topics(filters).catch(() => undefined);
      if (stopped || !view) return;
      setHeld({ view, round, asOf });
      if (!view.ready) timer = setTimeout(() => void ask(), AGAIN_MS);
    };
    void ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [api, filters, round, asOf]);
  if (!held) return null;
  const { view } = held;
  const open = view.canDecide ? setDeciding : undefined;
  const settled = (sentence: string): void => {
    setSaid(sentence);
    setDeciding(undefined);
    setRound((before) => before + 1);
  };
  return (
    <>
      {said ? (
        <MessageBar intent="success" className="wide">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      ) : null}
      {(['gaps', 'popular', 'followed'] as const).map((list) => (
        <TopicList key={list} list={list} view={view} open={open} />
      ))}
      {deciding ? (
        <Suspense>
          <DecisionDialog
            api={api}
            view={view}
            topic={deciding}
            close={() => setDeciding(undefined)}
            settled={settled}
          />
        </Suspense>
      ) : null}
    </>
  );
}

type ListProps = {
  list: 'gaps' | 'popular' | 'followed';
  view: TopicsView;
  open: ((topic: TopicRow) => void) | undefined;
};

function TopicList({ list, view, open }: ListProps) {
  const [unfolded, setUnfolded] = useState(false);
  const rows = view[list];
  const { heading, explanation, none } = words[list];
  return (
    <section className="block wide long" aria-labelledby={`${list}-title`} data-block={list}>
      <header>
        <h3 id={`${list}-title`}>{heading}</h3>
        <Info
          label={heading}
          definition={list === 'followed' ? `${explanation} ${view.noCause}` : `${explanation} ${view.definition}`}
          basis={words.basis}
        />
      </header>
      {rows.length === 0 ? <p className="nothing">{view.ready ? none : words.reading}</p> : null}
      <ul className="topics">
        {(unfolded ? rows : rows.slice(0, PAPER_ROWS)).map((topic, place) => (
          <Topic
            key={topic.id}
            topic={topic}
            open={open}
            effect={list === 'followed'}
            folded={!unfolded && place >= FIRST_ROWS}
          />
        ))}
      </ul>
      {rows.length > FIRST_ROWS ? (
        <button type="button" className="figure unfold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? pageWords.block.fewer : pageWords.block.more(rows.length)}
        </button>
      ) : null}
    </section>
  );
}

type TopicProps = { topic: TopicRow; open: ListProps['open']; effect: boolean; folded: boolean };

function Topic({ topic, open, effect, folded }: TopicProps) {
  const { name, theme, words: shared, evidence, answered, followUp } = topic;
  return (
    <li className={folded ? 'folded' : ''}>
      <div className="about">
        <h4>{name}</h4>
        <p className="note">
          {theme} · {evidence}
        </p>
        <p className="note">
          {answered}
          {shared ? ` ${words.ties(shared)}` : ''}
        </p>
        {followUp ? (
          <p className="decided">
            <strong>{followUp.decision}</strong> {words.by(followUp.owner)}
            {followUp.note ? ` ${followUp.note}` : ''}
          </p>
        ) : null}
        {followUp && effect ? (
          <div className="effect">
            <Effect before={followUp.before} after={followUp.after} />
            {followUp.effect.map((line) => (
              <p key={line} className="note">
                {line}
              </p>
            ))}
          </div>
        ) : null}
      </div>
      <Weeks weeks={topic.weeks} label={words.weeks(name)} />
      {open ? (
        <Button
          size="small"
          aria-label={followUp ? words.changeOf(name) : words.decideOn(name)}
          onClick={() => open(topic)}
        >
          {followUp ? words.change : words.decide}
        </Button>
      ) : null}
    </li>
  );
}

/** The rhythm of a topic: a small column per week. The numbers stand in its label. */
function Weeks({ weeks, label }: { weeks: TopicRow['weeks']; label: string }) {
  const counts = weeks.map(({ questions }) => questions);
  const highest = Math.max(1, ...counts);
  return (
    <div className="weeks" role="img" aria-label={`${label}: ${counts.join(', ')}`}>
      {weeks.map(({ monday, questions }) => (
        <i key={monday} style={{ height: `${(questions / highest) * 100}%` }} />
      ))}
    </div>
  );
}

function Effect({ before, after }: { before: number | null; after: number | null }) {
  if (before === null || after === null) return null;
  const highest = Math.max(1, before, after);
  return (
    <dl className="pair-bars">
      {[
        { label: words.before, value: before, name: 'previous' },
        { label: words.after, value: after, name: 'current' },
      ].map(({ label, value, name }) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd>
            <i className={`bar ${name}`} style={{ width: `${(value / highest) * 70}%` }} />
            {pageWords.number.score(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
