// The bar of filters above the figures. Knows which there are from the view, and writes what is chosen in the address.

import { Button, Field, Select } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { FILTER_NAMES, type View, type ViewFilters } from '../app/figures/dashboard-shapes.ts';
import { pageWords } from '../locale/page-words.ts';
import { go } from './address.ts';

const words = pageWords.filters;
/** Shown on demand, or when they are set. */
const LESS_USED: ReadonlySet<string> = new Set(['coreProcess', 'region', 'function', 'outcome']);

export function Filters({ view, filters }: { view: View; filters: ViewFilters }) {
  const [unfolded, setUnfolded] = useState(false);
  const [all, setAll] = useState(false);
  const id = useId();
  const names = FILTER_NAMES.filter((name) => (view.choices[name]?.length ?? 0) > 0);
  const chosen = names.filter((name) => name !== 'schoolYear' && filters[name] !== undefined).length;
  const shown = names.filter((name) => all || filters[name] !== undefined || !LESS_USED.has(name));
  const choose = (name: string, value: string): void => {
    const rest = Object.fromEntries(Object.entries(filters).filter(([own]) => own !== name));
    // A month belongs to a school year.
    if (name === 'schoolYear') delete rest.month;
    go({ filters: value === '' ? rest : { ...rest, [name]: value } });
  };
  return (
    <search className="filters" aria-label={words.heading}>
      <Button
        className="fold"
        appearance="outline"
        aria-expanded={unfolded}
        aria-controls={id}
        onClick={() => setUnfolded(!unfolded)}
      >
        {words.summary(chosen)}
      </Button>
      <div id={id} className={unfolded ? 'fields unfolded' : 'fields'}>
        {shown.map((name) => (
          <Field key={name} label={words.names[name]} size="small">
            <Select
              size="small"
              value={filters[name] ?? (name === 'schoolYear' ? view.schoolYear : '')}
              onChange={(_, { value }) => choose(name, value)}
            >
              {name === 'schoolYear' ? null : <option value="">{words.all}</option>}
              {view.choices[name]?.map((choice) => (
                <option key={choice.id} value={choice.id}>
                  {choice.name}
                </option>
              ))}
            </Select>
          </Field>
        ))}
        <div className="more">
          {names.some((name) => LESS_USED.has(name)) ? (
            <Button size="small" appearance="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? words.fewer : words.more}
            </Button>
          ) : null}
          {Object.keys(filters).length > 0 ? (
            <Button size="small" appearance="subtle" onClick={() => go({ filters: {} })}>
              {words.clear}
            </Button>
          ) : null}
        </div>
      </div>
      {view.viewer.quality ? null : <p className="note">{words.fixed(view.viewer.services.map(({ name }) => name))}</p>}
    </search>
  );
}
