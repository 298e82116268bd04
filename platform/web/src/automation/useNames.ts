import { useQuery } from '@tanstack/react-query';
import type { Entity } from '../api/model';
import { listPage, recordName } from '../api/records';
import { useModel } from '../api/session';

/** As many as an address has room for. */
const NAMES_AT_ONCE = 50;

/** The names of the records, where one may still read them. */
export function useNames(entity: Entity | undefined, ids: readonly string[]): ReadonlyMap<string, string> {
  const model = useModel();
  const asked = [...new Set(ids)].sort();
  const { data } = useQuery({
    queryKey: ['records', entity?.setName, 'names', asked],
    enabled: entity !== undefined && asked.length > 0,
    queryFn: async ({ signal }) => {
      if (entity === undefined) {
        return new Map<string, string>();
      }
      const parts = Array.from({ length: Math.ceil(asked.length / NAMES_AT_ONCE) }, (_, part) =>
        asked.slice(part * NAMES_AT_ONCE, (part + 1) * NAMES_AT_ONCE),
      );
      const pages = await Promise.all(
        parts.map((part) =>
          listPage(
            model,
            entity,
            { fields: [entity.nameField], filter: `id in (${part.join(',')})` },
            undefined,
            signal,
          ),
        ),
      );
      return new Map(
        pages.flatMap((page) => page.records).map((record) => [record.id, recordName(entity, record)] as const),
      );
    },
  });
  return data ?? new Map();
}
