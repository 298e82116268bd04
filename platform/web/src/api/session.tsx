import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react';
import { useLanguage } from '../i18n';
import { Formatter } from '../i18n/format';
import { call } from './client';
import { localize, Model } from './model';
import type { Label, Me, Metadata, User } from './types';

export interface Session {
  me: Me;
  model: Model;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function metadataQuery() {
  return {
    queryKey: ['metadata'],
    queryFn: ({ signal }: { signal: AbortSignal }) => call<Metadata>('/api/v1/metadata', { signal }),
    // A colleague may add an entity at any time: ask again when the window comes back.
    staleTime: 10_000,
    refetchOnWindowFocus: true,
  };
}

/** Gives the screens the person, the tenant and the metadata; children show once both are there. */
export function SessionProvider(props: { me: Me; metadata: Metadata; children: ReactNode }) {
  const { me, metadata } = props;
  const session = useMemo(() => ({ me, model: new Model(metadata) }), [me, metadata]);
  return <SessionContext.Provider value={session}>{props.children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('No session around this component');
  }
  return session;
}

export function useModel(): Model {
  return useSession().model;
}

export function useFormat(): Formatter {
  const { tenant } = useSession().me;
  const lang = useLanguage();
  return useMemo(() => new Formatter(lang, tenant.timeZone, tenant.currency), [lang, tenant.timeZone, tenant.currency]);
}

/** Texts from the metadata in the person's language. */
export function useLabel(): (label: Label | undefined, fallback?: string) => string {
  const lang = useLanguage();
  return useCallback((label, fallback) => localize(label, lang, fallback), [lang]);
}

export function useUsers(): ReadonlyMap<string, User> {
  const { data } = useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => call<{ value: User[] }>('/api/v1/users', { signal }),
    staleTime: 300_000,
  });
  return useMemo(() => new Map((data?.value ?? []).map((user) => [user.id, user])), [data]);
}
