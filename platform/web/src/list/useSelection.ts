import { useCallback, useMemo, useState } from 'react';
import type { RecordData } from '../api/types';

export interface Selection {
  ids: ReadonlySet<string>;
  chosen: readonly RecordData[];
  all: boolean;
  /** All that match, also those that are not loaded. */
  matching: boolean;
  toggle: (id: string, on: boolean) => void;
  toggleTo: (from: number, to: number, on: boolean) => void;
  toggleAll: (on: boolean) => void;
  selectMatching: () => void;
  clear: () => void;
}

/** Rows chosen in this list; not in the address, so it ends with a reload. */
export function useSelection(records: readonly RecordData[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [matching, setMatching] = useState(false);
  const set = useCallback((changed: readonly string[], on: boolean) => {
    setMatching(false);
    setIds((before) => {
      const next = new Set(before);
      for (const id of changed) {
        if (on) {
          next.add(id);
        } else {
          next.delete(id);
        }
      }
      return next;
    });
  }, []);
  return useMemo(() => {
    const chosen = records.filter((record) => ids.has(record.id));
    return {
      ids,
      chosen,
      all: chosen.length > 0 && chosen.length === records.length,
      matching: matching && chosen.length > 0,
      selectMatching: () => setMatching(true),
      toggle: (id, on) => set([id], on),
      toggleTo: (from, to, on) =>
        set(
          records.slice(Math.min(from, to), Math.max(from, to) + 1).map((record) => record.id),
          on,
        ),
      toggleAll: (on) =>
        set(
          records.map((record) => record.id),
          on,
        ),
      clear: () => {
        setMatching(false);
        setIds(new Set());
      },
    };
  }, [ids, matching, records, set]);
}
