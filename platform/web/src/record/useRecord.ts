import { useQuery } from '@tanstack/react-query';
import type { Entity } from '../api/model';
import { getRecord } from '../api/records';
import { useModel } from '../api/session';

export const recordKey = (entity: Entity, id: string) => ['records', entity.setName, 'record', id];

const LIVE_MS = 15_000;

export function useRecord(entity: Entity, id: string) {
  const model = useModel();
  return useQuery({
    queryKey: recordKey(entity, id),
    queryFn: ({ signal }) => getRecord(model, entity, id, signal),
    // Somebody else's save appears while one looks at the record.
    refetchInterval: LIVE_MS,
    refetchOnWindowFocus: true,
  });
}
