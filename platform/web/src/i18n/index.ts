import { useCallback, useSyncExternalStore } from 'react';
import type { Lang } from '../api/types';
import type { MessageKey } from './catalog';

export type Params = Record<string, string | number>;
export type Translate = (key: MessageKey, params?: Params) => string;

type Texts = Readonly<Record<string, string>>;

/** The texts of a language come when it is spoken; nobody waits for those of the others. */
const SOURCES: Record<Lang, () => Promise<Texts>> = {
  en: async () => (await import('./en')).en,
  'zh-CN': async () => (await import('./zh')).zh,
};

/** Of the pages that nobody begins with. */
const MORE: Record<Lang, () => Promise<Texts>> = {
  en: async () => (await import('./more.en')).moreEn,
  'zh-CN': async () => (await import('./more.zh')).moreZh,
};

const known = new Map<Lang, Texts>();
const knownMore = new Map<Lang, Texts>();
const listeners = new Set<() => void>();
let wanted: Lang = 'en';
let spoken: Lang = 'en';
let more = false;

/** Has the language's texts at hand before it is spoken. */
export async function prepare(lang: Lang): Promise<void> {
  const [texts, further] = await Promise.all([
    known.get(lang) ?? SOURCES[lang](),
    knownMore.get(lang) ?? (more ? MORE[lang]() : undefined),
  ]);
  known.set(lang, texts);
  if (further !== undefined) {
    knownMore.set(lang, further);
  }
}

/** A page that nobody begins with, together with the texts of such pages. */
export async function withMore<Page>(page: Promise<Page>): Promise<Page> {
  more = true;
  const [loaded] = await Promise.all([page, prepare(spoken)]);
  return loaded;
}

/** Speaks the language from here on; of two asked for at nearly the same time the later one stays. */
export async function speak(lang: Lang): Promise<void> {
  wanted = lang;
  await prepare(lang);
  if (wanted === lang) {
    spoken = lang;
    document.documentElement.lang = lang;
    for (const listener of listeners) {
      listener();
    }
  }
}

export function currentLanguage(): Lang {
  return spoken;
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}

export function useLanguage(): Lang {
  return useSyncExternalStore(subscribe, currentLanguage);
}

/** The message under the key; of one with plural forms, the one for `count`. */
function textOf(lang: Lang, key: string, count: unknown): string | undefined {
  const plural = typeof count === 'number' ? `${key}_${new Intl.PluralRules(lang).select(count)}` : key;
  const texts = [known.get(lang) ?? {}, knownMore.get(lang) ?? {}];
  return [plural, `${key}_other`, key]
    .flatMap((form) => texts.map((one) => one[form]))
    .find((text) => text !== undefined);
}

/** Whether there is such a message: for keys put together with a word of the server's. */
export function isMessage(key: string): key is MessageKey {
  return textOf(spoken, key, undefined) !== undefined;
}

/** A numeric `count` chooses the plural form and is also there as `formatted`, grouped as the language groups. */
export function translate(lang: Lang, key: MessageKey, params: Params = {}): string {
  const { count } = params;
  const text = textOf(lang, key, count) ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = params[name];
    return String(
      value ?? (name === 'formatted' && typeof count === 'number' ? new Intl.NumberFormat(lang).format(count) : ''),
    );
  });
}

export function useT(): Translate {
  const lang = useLanguage();
  return useCallback((key, params) => translate(lang, key, params), [lang]);
}
