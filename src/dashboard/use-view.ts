// Keeps the view up to date: asks again every few seconds while somebody looks, and holds on to what it has in trouble.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { View, ViewFilters } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import { go } from './address.ts';
import { type Api, ApiError } from './api.ts';

const EVERY_MS = 5_000;

export type Viewing = {
  /** The last view there was; stays while another is fetched and while the server is away. */
  view: View | undefined;
  /** When the server last said that the view is right. */
  confirmedAt: number | undefined;
  /** True from a change of filters until its figures are there. */
  waiting: boolean;
  /** True while the view is of other filters than the chosen ones, as the server does not answer. */
  behind: boolean;
  problem: ApiError | undefined;
  /** A sentence about a filter that was left out. */
  notice: string | undefined;
  dismiss: () => void;
  retry: () => void;
};

export function useView(api: Api, filters: ViewFilters): Viewing {
  const [held, setHeld] = useState<{ view: View; of: string; confirmedAt: number }>();
  const [problem, setProblem] = useState<ApiError>();
  const [notice, setNotice] = useState<string>();
  const askNow = useRef<() => void>(undefined);
  const tag = useRef<{ of: string; tag: string }>(undefined);
  const of = JSON.stringify(filters);
  const retry = useCallback(() => askNow.current?.(), []);

  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    const wanted = JSON.parse(of) as ViewFilters;

    async function ask(): Promise<void> {
      if (asking || stopped) return;
      clearTimeout(timer);
      asking = true;
      try {
        const known = tag.current?.of === of ? tag.current.tag : undefined;
        const answer = await api.view(wanted, known);
        if (stopped) return;
        if (answer) tag.current = { of, tag: answer.tag };
        const confirmedAt = Date.now();
        setHeld((before) => (answer ? { view: answer.view, of, confirmedAt } : before && { ...before, confirmedAt }));
        setProblem(undefined);
      } catch (error) {
        if (stopped) return;
        const found = error instanceof ApiError ? error : new ApiError('unreachable', String(error));
        if (found.kind === 'bad-filter') {
          setNotice(pageWords.status.badFilter(found.message));
          go({ filters: without(wanted, found.filter) }, true);
          return;
        }
        setProblem(found);
      } finally {
        asking = false;
        const visible = document.visibilityState === 'visible';
        if (!stopped && visible) timer = setTimeout(() => void ask(), EVERY_MS);
      }
    }
    const onSight = (): void => {
      if (document.visibilityState === 'visible') void ask();
    };
    askNow.current = () => void ask();
    void ask();
    document.addEventListener('visibilitychange', onSight);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onSight);
    };
  }, [api, of]);

  return {
    view: held?.view,
    confirmedAt: held?.confirmedAt,
    waiting: held?.of !== of && problem === undefined,
    behind: held !== undefined && held.of !== of && problem !== undefined,
    problem,
    notice,
    dismiss: () => setNotice(undefined),
    retry,
  };
}

/** Without the filter that was wrong; without any when the server did not say which. */
function without(filters: ViewFilters, name: string | undefined): ViewFilters {
  if (name === undefined || !(name in filters)) return {};
  return Object.fromEntries(Object.entries(filters).filter(([own]) => own !== name));
}
