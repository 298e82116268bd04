import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';

export const PRIVILEGES = ['create', 'read', 'update', 'delete', 'assign', 'share', 'export'] as const;
export type Privilege = (typeof PRIVILEGES)[number];

export const LEVELS = ['none', 'own', 'unit', 'tree', 'tenant'] as const;
export type Level = (typeof LEVELS)[number];

export const FIELD_LEVELS = ['none', 'masked', 'read', 'update'] as const;
export type FieldLevel = (typeof FIELD_LEVELS)[number];

/** What a role says of an entity, or of all others. */
export type EntityAccess = Partial<Record<Privilege, Level>> & { fields?: Readonly<Record<string, FieldLevel>> };

/** The entities that a role does not name. */
export const OTHERS = '*';

interface Setting {
  /** A role's name; the id of anything else. */
  id: string;
  changedBy?: string;
  changedAt?: string;
}

export interface Role extends Setting {
  entities: Readonly<Record<string, EntityAccess>>;
  /** Whether its holders look after what there is of persons. */
  privacy?: boolean;
}

export interface Unit extends Setting {
  name: string;
  parent?: string | null;
}

export interface Member {
  user: string;
  from?: string | null;
  to?: string | null;
}

export interface Team extends Setting {
  name: string;
  unit?: string | null;
  roles: readonly string[];
  members: readonly Member[];
}

export interface Person extends Setting {
  unit?: string | null;
  manager?: string | null;
  roles: readonly string[];
}

/** Shows all records that meet a condition to a person, a team or a unit. */
export interface SharingRule extends Setting {
  name: string;
  entity: string;
  filter: string;
  principal: string;
  level: 'read' | 'update';
}

interface Kinds {
  roles: Role;
  units: Unit;
  teams: Team;
  users: Person;
  rules: SharingRule;
}

export type AccessKind = keyof Kinds;
type Said<K extends AccessKind> = Omit<Kinds[K], keyof Setting>;

const key = (kind: AccessKind) => ['access', kind];
const path = (kind: AccessKind, id: string) => `/api/v1/access/${kind}/${encodeURIComponent(id)}`;

export function useAccess<K extends AccessKind>(kind: K, enabled = true) {
  return useQuery({
    queryKey: key(kind),
    enabled,
    queryFn: async ({ signal }) => (await call<{ value: Kinds[K][] }>(`/api/v1/access/${kind}`, { signal })).value,
  });
}

/** Says who may do what; it holds with the next request, so everything that is shown is asked for again. */
export function useAccessActions<K extends AccessKind>(kind: K) {
  const client = useQueryClient();
  const then = async () => {
    await client.invalidateQueries({ queryKey: key(kind) });
    void client.invalidateQueries({ queryKey: ['metadata'] });
  };
  return {
    put: (id: string, said: Said<K>) => call<void>(path(kind, id), { method: 'PUT', body: said }).then(then),
    remove: (id: string) => call<void>(path(kind, id), { method: 'DELETE' }).then(then),
  };
}

/** A way by which somebody reaches a record. */
export interface Way {
  kind: 'role' | 'manager' | 'share' | 'rule';
  name: string | null;
  /** The team through which, or whom the user leads. */
  through: string | null;
  level: string;
  updatable: boolean;
  grantedBy: string | null;
  grantedAt: string | null;
  until: string | null;
}

export async function waysTo(set: string, id: string, user: string, signal: AbortSignal): Promise<Way[]> {
  return (await call<{ value: Way[] }>(`/api/v1/records/${set}/${id}/access?user=${user}`, { signal })).value;
}
