import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { call } from './client';
import type { Entity, Model } from './model';
import { listPage, recordName } from './records';
import { useLabel, useModel } from './session';
import type { SavedView } from './views';

export type ShortcutKind = 'record' | 'view';

/** A way back to what one opened or keeps at hand, as the server remembers it. */
export interface Shortcut {
  entity: string;
  kind: ShortcutKind;
  target: string;
  visitedAt?: string;
  favouriteSince?: string;
}

/** A shortcut with its name, ready to be followed. */
export interface NamedShortcut extends Omit<Shortcut, 'entity'> {
  entity: Entity;
  name: string;
  path: string;
}

const KEY = ['shortcuts'];
const SHOWN = 30;

function useShortcuts(): readonly Shortcut[] {
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await call<{ value: Shortcut[] }>('/api/v1/shortcuts', { signal })).value,
    staleTime: 60_000,
  });
  return data ?? [];
}

/** The names of records by their ids; a record that is gone or may not be seen has none. */
async function recordNames(model: Model, entity: Entity, ids: readonly string[], signal: AbortSignal) {
  const query = { fields: [entity.nameField], filter: `id in (${ids.join(',')})`, pageSize: ids.length };
  const page = await listPage(model, entity, query, undefined, signal);
  return page.records.map((record) => [record.id, recordName(entity, record)] as const);
}

async function viewNames(entity: Entity, signal: AbortSignal) {
  const { value } = await call<{ value: SavedView[] }>(`/api/v1/views/${entity.setName}`, { signal });
  return value.map((view) => [view.id, view.name] as const);
}

/** One request for each entity, whatever the number of shortcuts. */
async function namesOf(model: Model, shortcuts: readonly Shortcut[], signal: AbortSignal) {
  const entities = [...new Set(shortcuts.map((shortcut) => shortcut.entity))].flatMap((name) => {
    const entity = model.entity(name);
    return entity === undefined ? [] : [entity];
  });
  const asked = entities.flatMap((entity) => {
    const own = shortcuts.filter((shortcut) => shortcut.entity === entity.name);
    const ids = own.filter((one) => one.kind === 'record').map((one) => one.target);
    const kept = own.some((one) => one.kind === 'view' && entity.views.every((view) => view.key !== one.target));
    return [
      ...(ids.length > 0 ? [recordNames(model, entity, ids, signal)] : []),
      ...(kept ? [viewNames(entity, signal)] : []),
    ];
  });
  const answers = await Promise.allSettled(asked);
  return new Map(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])));
}

function useNamed(shortcuts: readonly Shortcut[]): readonly NamedShortcut[] {
  const model = useModel();
  const label = useLabel();
  const keys = shortcuts.map(({ entity, target }) => `${entity}/${target}`).sort();
  const { data: names } = useQuery({
    // Under records: a changed name is asked for again.
    queryKey: ['records', 'shortcuts', keys],
    queryFn: ({ signal }) => namesOf(model, shortcuts, signal),
    enabled: shortcuts.length > 0,
    placeholderData: (before) => before,
  });
  return useMemo(
    () =>
      shortcuts.flatMap((shortcut) => {
        const entity = model.entity(shortcut.entity);
        const view = entity?.views.find((one) => shortcut.kind === 'view' && one.key === shortcut.target);
        const name = view === undefined ? names?.get(shortcut.target) : label(view.label, view.key);
        if (entity === undefined || name === undefined) {
          return [];
        }
        const path =
          shortcut.kind === 'record'
            ? `/${entity.setName}/${shortcut.target}`
            : `/${entity.setName}?view=${encodeURIComponent(shortcut.target)}`;
        return [{ ...shortcut, entity, name, path }];
      }),
    [shortcuts, names, model, label],
  );
}

/** What one keeps at hand, in the order in which it was chosen. */
export function useFavourites(): readonly NamedShortcut[] {
  const all = useShortcuts();
  const favourites = useMemo(
    () =>
      all
        .filter((one) => one.favouriteSince !== undefined)
        .sort((a, b) => (a.favouriteSince ?? '').localeCompare(b.favouriteSince ?? '')),
    [all],
  );
  return useNamed(favourites);
}

/** What one opened, the last first. */
export function useRecentlyViewed(): readonly NamedShortcut[] {
  const all = useShortcuts();
  const visited = useMemo(() => all.filter((one) => one.visitedAt !== undefined).slice(0, SHOWN), [all]);
  return useNamed(visited);
}

function put(entity: Entity, kind: ShortcutKind, target: string, said: { visited?: true; favourite?: boolean }) {
  const path = `/api/v1/shortcuts/${entity.setName}/${kind}/${encodeURIComponent(target)}`;
  return call<void>(path, { method: 'PUT', body: said });
}

/** Tells the server that something was opened; that it could not be told is nobody's concern. */
export function useVisit(): (entity: Entity, target: string) => void {
  const client = useQueryClient();
  return useCallback(
    (entity, target) =>
      void put(entity, 'record', target, { visited: true }).then(
        () => client.invalidateQueries({ queryKey: KEY }),
        () => undefined,
      ),
    [client],
  );
}

/** Whether something is a favourite, and the way to change that. */
export function useFavourite(entity: Entity, kind: ShortcutKind, target: string): [boolean, () => Promise<void>] {
  const client = useQueryClient();
  const kept = useShortcuts().some(
    (one) =>
      one.favouriteSince !== undefined && one.entity === entity.name && one.kind === kind && one.target === target,
  );
  const toggle = async () => {
    await put(entity, kind, target, { favourite: !kept });
    await client.invalidateQueries({ queryKey: KEY });
  };
  return [kept, toggle];
}
