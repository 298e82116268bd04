import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';

export type ReportKind = 'table' | 'matrix' | 'chart' | 'number' | 'list';

/** A question about the records of a set, as it is kept and as it stands in the address. */
export interface ReportDefinition {
  set: string;
  kind?: ReportKind;
  /** What the records are grouped by: `account/sector`, `closeDate:month`. */
  rows?: readonly string[];
  /** Of a matrix, what its columns are grouped by; of a list, its fields. */
  columns?: readonly string[];
  /** `count`, `amount:sum` */
  measures?: readonly string[];
  filter?: string;
  /** A measure or a group; with `-` the largest first. */
  sort?: string;
  top?: number;
}

/** What becomes different of a report; undefined takes a member away. */
export type ReportChange = { [M in keyof ReportDefinition]?: ReportDefinition[M] | undefined };

export interface TileDefinition {
  title: string;
  /** In columns of four. */
  width: number;
  /** In rows. */
  height: number;
  report: ReportDefinition;
}

export interface DashboardDefinition {
  tiles: readonly TileDefinition[];
}

/** What a person keeps, or a colleague shares. */
export interface Kept<D> {
  id: string;
  name: string;
  shared: boolean;
  owner: string;
  changeable: boolean;
  definition: D;
}

export type KeptReport = Kept<ReportDefinition>;
export type KeptDashboard = Kept<DashboardDefinition>;

interface Definitions {
  reports: ReportDefinition;
  dashboards: DashboardDefinition;
}

type Kind = keyof Definitions;

interface Input<D> {
  name?: string;
  shared?: boolean;
  definition?: D;
}

const path = (kind: Kind) => `/api/v1/analysis/${kind}`;
const key = (kind: Kind) => ['analysis', kind];

export function useKept<K extends Kind>(kind: K) {
  return useQuery({
    queryKey: key(kind),
    queryFn: async ({ signal }) => (await call<{ value: Kept<Definitions[K]>[] }>(path(kind), { signal })).value,
    staleTime: 60_000,
  });
}

/** Keeps, changes and forgets; the list is there again when the promise is fulfilled. */
export function useKeptActions<K extends Kind>(kind: K) {
  type One = Kept<Definitions[K]>;
  const client = useQueryClient();
  const then = async <T>(result: T): Promise<T> => {
    await client.invalidateQueries({ queryKey: key(kind) });
    return result;
  };
  return {
    create: (input: Input<Definitions[K]>) => call<One>(path(kind), { method: 'POST', body: input }).then(then),
    update: (id: string, input: Input<Definitions[K]>) =>
      call<One>(`${path(kind)}/${id}`, { method: 'PATCH', body: input }).then(then),
    remove: (id: string) => call<void>(`${path(kind)}/${id}`, { method: 'DELETE' }).then(then),
  };
}
