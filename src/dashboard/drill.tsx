// The list of tickets behind a number, in a dialog. Knows the parts they have in common, not how they were counted.

import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Spinner,
} from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import type { Drill, FilterName, TicketPage, View, ViewFilters } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import type { Api } from './api.ts';
import { Scroll } from './block.tsx';

const words = pageWords.drill;
type Props = { api: Api; view: View; filters: ViewFilters; drill: Drill; close: () => void };

export default function TicketList({ api, view, filters, drill, close }: Props) {
  const [page, setPage] = useState<TicketPage>();
  const [failed, setFailed] = useState(false);
  const of = JSON.stringify([filters, drill]);
  const fetchPage = useCallback(
    async (before: TicketPage | undefined): Promise<void> => {
      const [filtersOfList, drillOfList] = JSON.parse(of) as [ViewFilters, Drill];
      try {
        setFailed(false);
        const next = await api.tickets(filtersOfList, drillOfList, before?.next);
        setPage({ ...next, tickets: [...(before?.tickets ?? []), ...next.tickets] });
      } catch {
        setFailed(true);
      }
    },
    [api, of],
  );
  useEffect(() => {
    setPage(undefined);
    void fetchPage(undefined);
  }, [fetchPage]);

  const named = Object.entries({ ...filters, ...drill }).map(([name, id]) => nameOf(view, name, id));
  const withText = page?.tickets.some(({ question }) => question !== undefined);
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : close())}>
      <DialogSurface className="tickets">
        <DialogBody>
          <DialogTitle>{page ? words.heading(page.total) : pageWords.status.loading}</DialogTitle>
          <DialogContent>
            <p className="note">{words.of(named.filter((name) => name !== undefined))}</p>
            {failed ? <p role="alert">{words.failed}</p> : null}
            {page === undefined && !failed ? <Spinner size="small" /> : null}
            {page?.total === 0 ? <p>{words.none}</p> : null}
            {page && page.total > 0 ? <TicketTable page={page} /> : null}
            {page && page.total > 0 && !withText ? <p className="note">{words.textHidden}</p> : null}
          </DialogContent>
          <DialogActions>
            {page?.next ? <Button onClick={() => void fetchPage(page)}>{words.more}</Button> : null}
            <Button appearance="primary" onClick={close}>
              {words.close}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function TicketTable({ page }: { page: TicketPage }) {
  const { columns } = words;
  return (
    <Scroll label={words.heading(page.total)}>
      <table className="plain list">
        <thead>
          <tr>
            {(['number', 'day', 'theme', 'centre', 'function', 'channel', 'state'] as const).map((name) => (
              <th key={name} scope="col">
                {columns[name]}
              </th>
            ))}
            <th scope="col" className="number">
              {columns.minutes}
            </th>
          </tr>
        </thead>
        {page.tickets.map((ticket) => (
          <tbody key={ticket.number}>
            <tr>
              <th scope="row">{ticket.number}</th>
              <td>{pageWords.day(ticket.day)}</td>
              <td>{ticket.theme}</td>
              <td>{ticket.centre}</td>
              <td>{ticket.function}</td>
              <td>{ticket.channel}</td>
              <td>{ticket.state}</td>
              <td className="number">{pageWords.number.minutes(ticket.minutes)}</td>
            </tr>
            {ticket.question === undefined ? null : (
              <tr className="question">
                <td colSpan={8}>{ticket.question}</td>
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </Scroll>
  );
}

/** What a part of the list is called; the choices of the view know all of them. */
function nameOf(view: View, name: string, id: string): string | undefined {
  return view.choices[name as FilterName]?.find((choice) => choice.id === id)?.name;
}
