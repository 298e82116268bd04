import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { Entity } from './model';
import type { ViewMeta } from './types';

/** A view as it is kept: the members that a view of the metadata has, and how wide columns are and which stay. */
export type ViewDefinition = Partial<
  Pick<ViewMeta, 'kind' | 'columns' | 'sort' | 'filter' | 'groupBy' | 'widths' | 'frozen'>
>;

/** A view that a person keeps, the own one or one that a colleague shares. */
export interface SavedView {
  id: string;
  name: string;
  shared: boolean;
  owner: string;
  changeable: boolean;
  definition: ViewDefinition;
}

export interface ViewInput {
  name?: string;
  shared?: boolean;
  definition?: ViewDefinition;
}

const viewsPath = (entity: Entity) => `/api/v1/views/${entity.setName}`;
const viewsKey = (entity: Entity) => ['views', entity.setName];

export function useSavedViews(entity: Entity) {
  return useQuery({
    queryKey: viewsKey(entity),
    queryFn: async ({ signal }) => (await call<{ value: SavedView[] }>(viewsPath(entity), { signal })).value,
    staleTime: 60_000,
  });
}

export interface ViewActions {
  create: (input: ViewInput) => Promise<SavedView>;
  update: (id: string, input: ViewInput) => Promise<SavedView>;
  remove: (id: string) => Promise<void>;
}

/** Keeps, changes and forgets views; the list of views is there again when the promise is fulfilled. */
export function useViewActions(entity: Entity): ViewActions {
  const client = useQueryClient();
  const path = viewsPath(entity);
  const then = async <T>(result: T): Promise<T> => {
    await client.invalidateQueries({ queryKey: viewsKey(entity) });
    return result;
  };
  return {
    create: (input) => call<SavedView>(path, { method: 'POST', body: input }).then(then),
    update: (id, input) => call<SavedView>(`${path}/${id}`, { method: 'PATCH', body: input }).then(then),
    remove: (id) => call<void>(`${path}/${id}`, { method: 'DELETE' }).then(then),
  };
}

/** A kept view in the form in which the metadata has its views. */
export function asView({ id, name, definition }: SavedView): ViewMeta {
  return { ...definition, key: id, label: { en: name, 'zh-CN': name }, columns: definition.columns ?? [] };
}
