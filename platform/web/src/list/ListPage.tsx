import { lazy, Suspense, useMemo, useRef } from 'react';
import { useLocation } from 'react-router';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import { useOpenCreate, withoutCreate } from '../form/createUrl';
import { useKeys } from '../shell/keys';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { usePhone } from '../ui/usePhone';
import { FilterBar } from './filter/FilterBar';
import { Grid } from './Grid';
import { ListHeader } from './ListHeader';
import { ListStates } from './ListStates';
import classes from './list.module.css';
import { type ListState, useListState } from './listState';
import { useLeaveTrail, useRows, useSum } from './useRows';
import { useSelection } from './useSelection';

/** The list's address without what lies over it: the form for a new record, the preview. */
function withoutLayers(search: string): string {
  const params = withoutCreate(new URLSearchParams(search));
  params.delete('peek');
  return params.size === 0 ? '' : `?${params}`;
}

const CardList = lazy(() => import('./CardList'));
const PeekPanel = lazy(() => import('./PeekPanel'));

const OTHERS = {
  board: lazy(() => import('../board/Board')),
  calendar: lazy(() => import('../calendar/Calendar')),
  chart: lazy(() => import('../chart/Chart')),
};

function Rows({ entity, state }: { entity: Entity; state: ListState }) {
  const phone = usePhone();
  const label = useLabel();
  const location = useLocation();
  const rows = useRows(entity, state);
  const named = state.view.sum === undefined ? undefined : entity.field(state.view.sum);
  const sumField = named ?? state.columns.find((field) => field.type === 'money');
  const sum = useSum(entity, state, sumField);
  const selection = useSelection(rows.records);
  const trail = useMemo(
    () => ({
      ids: rows.records.map((record) => record.id),
      count: rows.count,
      search: withoutLayers(location.search),
      title: label(state.view.label),
    }),
    [rows.records, rows.count, location.search, label, state.view],
  );
  useLeaveTrail(entity, trail);
  const shared = { entity, state, rows, sumField, sum };
  return (
    <div className={classes.body}>
      <div className={classes.rows}>
        {rows.records.length === 0 ? (
          <ListStates entity={entity} state={state} rows={rows} />
        ) : phone ? (
          <Suspense>
            <CardList {...shared} />
          </Suspense>
        ) : (
          <Grid {...shared} selection={selection} />
        )}
      </div>
      {state.peek !== undefined && !phone && (
        <Suspense>
          <PeekPanel entity={entity} id={state.peek} state={state} ids={trail.ids} count={rows.count} />
        </Suspense>
      )}
    </div>
  );
}

export function ListPage({ entity }: { entity: Entity }) {
  const label = useLabel();
  const create = useOpenCreate();
  const state = useListState(entity);
  const searchBox = useRef<HTMLInputElement>(null);
  const Other = state.layout === 'list' ? undefined : OTHERS[state.layout];
  useDocumentTitle(label(entity.meta.pluralLabel, entity.setName));
  useKeys({ c: () => create(entity), '/': () => searchBox.current?.focus() });
  return (
    <div className={classes.page}>
      <ListHeader entity={entity} state={state} />
      <FilterBar entity={entity} state={state} searchBox={searchBox} />
      {!state.ready ? (
        <div className={classes.body} aria-busy="true" />
      ) : Other === undefined ? (
        <Rows entity={entity} state={state} />
      ) : (
        <Suspense>
          <Other entity={entity} state={state} />
        </Suspense>
      )}
    </div>
  );
}
