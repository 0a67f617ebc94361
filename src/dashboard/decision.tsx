// The form in which the quality team decides about a recurring topic. Knows no rule: the server says what is wrong.

import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Select,
  Textarea,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { DecisionForm, Named, TopicRow, TopicsView } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import { type Api, ApiError } from './api.ts';

const words = pageWords.topics.form;

type Props = {
  api: Api;
  view: TopicsView;
  topic: TopicRow;
  close: () => void;
  settled: (sentence: string) => void;
};

export default function DecisionDialog({ api, view, topic, close, settled }: Props) {
  const [form, setForm] = useState<DecisionForm>(topic.form);
  const [key] = useState(() => `dashboard:${crypto.randomUUID()}`);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const set = (changed: Partial<DecisionForm>): void => setForm((before) => ({ ...before, ...changed }));
  /** What was filled in stays until the server says that it is kept. */
  const send = async (task: () => Promise<string>): Promise<void> => {
    setBusy(true);
    try {
      settled(await task());
    } catch (error) {
      setProblem(error instanceof ApiError && error.kind === 'no' ? error.message : words.failed);
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(() => api.decide({ ...form, topic: topic.id, key }));
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : close())}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{topic.name}</DialogTitle>
            <DialogContent className="decision">
              {problem ? (
                <MessageBar intent="error" layout="multiline" role="alert">
                  <MessageBarBody>{problem}</MessageBarBody>
                </MessageBar>
              ) : null}
              <Choice label={words.kind} of={view.kinds} value={form.kind} choose={(kind) => set({ kind })} />
              <Choice label={words.owner} of={view.owners} value={form.owner} choose={(owner) => set({ owner })} />
              <Field label={words.date} hint={words.dateHint}>
                <Input type="date" value={form.date} onChange={(_, { value }) => set({ date: value })} />
              </Field>
              <Choice
                label={words.status}
                of={view.statuses}
                value={form.status}
                choose={(status) => set({ status })}
              />
              <Field label={words.note} hint={words.noteHint}>
                <Textarea value={form.note} onChange={(_, { value }) => set({ note: value })} />
              </Field>
              {topic.followUp ? <p className="note">{topic.followUp.decided}</p> : null}
            </DialogContent>
            <DialogActions>
              {topic.followUp ? (
                <Button disabled={busy} onClick={() => void send(() => api.undo(topic.id, key))}>
                  {words.undo}
                </Button>
              ) : null}
              <Button disabled={busy} onClick={close}>
                {words.cancel}
              </Button>
              <Button appearance="primary" type="submit" disabled={busy}>
                {words.save}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

type ChoiceProps = { label: string; of: Named[]; value: string; choose: (id: string) => void };

function Choice({ label, of, value, choose }: ChoiceProps) {
  return (
    <Field label={label}>
      <Select value={value} onChange={(_, chosen) => choose(chosen.value)}>
        {of.some(({ id }) => id === value) ? null : <option value={value}>{words.choose}</option>}
        {of.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
