import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export type ParamChanges = Record<string, string | undefined>;

/** The address with some parameters changed; undefined takes one away. */
export function changed(search: URLSearchParams, changes: ParamChanges): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      next.delete(name);
    } else {
      next.set(name, value);
    }
  }
  return next;
}

/** View, layout, tab and peek push history; typing replaces it. */
export function useUrlParams(): [URLSearchParams, (changes: ParamChanges, how?: 'push' | 'replace') => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: ParamChanges, how: 'push' | 'replace' = 'push') =>
      setParams((search) => changed(search, changes), { replace: how === 'replace' }),
    [setParams],
  );
  return [params, change];
}
