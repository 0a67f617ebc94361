// Items that wait for whoever looks, each with what can be done about it. Knows no rule: the server says what may not.

import { Button, Field, Input, MessageBar, MessageBarBody, Textarea } from '@fluentui/react-components';
import { type FormEvent, useEffect, useState } from 'react';
import type { ReviewRow, SentReview } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import { type Api, ApiError } from './api.ts';

const words = pageWords.review;

export default function Reviews({ api, asOf }: { api: Api; asOf: number }) {
  const [rows, setRows] = useState<{ rows: ReviewRow[]; asOf: number; round: number }>();
  const [said, setSaid] = useState<string>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let stopped = false;
    api.reviews().then(
      (found) => stopped || setRows({ rows: found, asOf, round }),
      // The page says that the server is away; the list stays as it was.
      () => undefined,
    );
    return () => {
      stopped = true;
    };
  }, [api, asOf, round]);
  if (!rows || (rows.rows.length === 0 && !said)) return null;
  const settled = (sentence: string): void => {
    setSaid(sentence);
    setRound((before) => before + 1);
  };
  return (
    <section className="block wide" aria-labelledby="review-title" data-block="review">
      <header>
        <h3 id="review-title">{words.heading(rows.rows.length)}</h3>
      </header>
      {said ? (
        <MessageBar intent="success">
          <MessageBarBody>{said}</MessageBarBody>
        </MessageBar>
      ) : null}
      <ul className="topics">
        {rows.rows.map((row) => (
          <Review key={`${row.item} ${row.version}`} api={api} row={row} settled={settled} />
        ))}
      </ul>
    </section>
  );
}

type How = SentReview['how'];
type Props = { api: Api; row: ReviewRow; settled: (sentence: string) => void };

function Review({ api, row, settled }: Props) {
  const [open, setOpen] = useState<How>();
  const [key] = useState(() => `dashboard:${crypto.randomUUID()}`);
  const [form, setForm] = useState({ question: row.question, answer: row.answer, reason: '' });
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  /** What was typed stays until the server says that it is kept. */
  const send = async (how: How): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      settled(await api.review({ ...form, how, item: row.item, version: row.version, key: `${key}:${how}` }));
    } catch (error) {
      setProblem(error instanceof ApiError && error.kind === 'no' ? error.message : words.failed);
    }
    setBusy(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (open) void send(open);
  };
  return (
    <li className="review">
      <div className="about">
        <h4>{row.question}</h4>
        <p className="note">
          {row.theme} · {words.waits(row.by, pageWords.day(row.since), row.days)}
          {row.change ? ` · ${words.change}` : ''}
        </p>
        {open === 'edit' ? null : <p className="draft">{row.answer}</p>}
        {row.sources.map((url) => (
          <div key={url}>
            <a className="source" href={url} target="_blank" rel="noreferrer">
              {new URL(url).hostname}
            </a>
          </div>
        ))}
        {problem ? (
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{problem}</MessageBarBody>
          </MessageBar>
        ) : null}
        {open ? (
          <form onSubmit={submit} className="decision">
            {open === 'edit' ? (
              <>
                <Field label={words.question}>
                  <Input value={form.question} onChange={(_, { value }) => setForm({ ...form, question: value })} />
                </Field>
                <Field label={words.answer}>
                  <Textarea
                    rows={8}
                    value={form.answer}
                    onChange={(_, { value }) => setForm({ ...form, answer: value })}
                  />
                </Field>
              </>
            ) : (
              <Field label={words.reason}>
                <Textarea value={form.reason} onChange={(_, { value }) => setForm({ ...form, reason: value })} />
              </Field>
            )}
            <p className="acts">
              <Button type="submit" appearance="primary" disabled={busy}>
                {words.send[open]}
              </Button>
              <Button disabled={busy} onClick={() => setOpen(undefined)}>
                {words.cancel}
              </Button>
            </p>
          </form>
        ) : (
          <p className="acts">
            <Button
              size="small"
              appearance="primary"
              disabled={busy}
              aria-label={words.of(words.send.publish, row.question)}
              onClick={() => void send('publish')}
            >
              {words.send.publish}
            </Button>
            {(['edit', 'send-back', 'reject'] as const).map((how) => (
              <Button
                key={how}
                size="small"
                aria-label={words.of(words.send[how], row.question)}
                onClick={() => setOpen(how)}
              >
                {words.send[how]}
              </Button>
            ))}
          </p>
        )}
      </div>
    </li>
  );
}
