import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { Entity } from '../api/model';

/** The form for a new record lies over any page: `?create=contacts&with.accountId=…`. */
export const CREATE = 'create';
export const PRESET = 'with.';

export function presets(params: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...params].filter(([name]) => name.startsWith(PRESET)).map(([name, value]) => [name.slice(PRESET.length), value]),
  );
}

export function withoutCreate(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([name]) => name !== CREATE && !name.startsWith(PRESET)));
}

export function useOpenCreate(): (entity: Entity, values?: Record<string, string>) => void {
  const [, setParams] = useSearchParams();
  return useCallback(
    (entity, values = {}) =>
      setParams((before) => {
        const params = withoutCreate(before);
        params.set(CREATE, entity.setName);
        for (const [property, value] of Object.entries(values)) {
          params.set(PRESET + property, value);
        }
        return params;
      }),
    [setParams],
  );
}
