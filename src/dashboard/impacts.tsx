// What published items and decisions did, asked for apart. Knows no way of counting.

import { useEffect, useState } from 'react';
import type { Sheet, ViewFilters } from '../app/figures/dashboard-shapes.ts';
import type { Api } from './api.ts';
import { Block } from './block.tsx';

type Props = { api: Api; filters: ViewFilters; asOf: number };

export default function Impacts({ api, filters, asOf }: Props) {
  const [held, setHeld] = useState<{ sheet: Sheet; asOf: number }>();
  useEffect(() => {
    let stopped = false;
    api.impacts(filters).then(
      (sheet) => stopped || setHeld({ sheet, asOf }),
      // The page says that the server is away; the table stays as it was.
      () => undefined,
    );
    return () => {
      stopped = true;
    };
  }, [api, filters, asOf]);
  return held ? <Block sheet={held.sheet} wide /> : null;
}
