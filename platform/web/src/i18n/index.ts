import i18next, { type i18n as I18n } from 'i18next';
import { useCallback, useSyncExternalStore } from 'react';
import type { Lang } from '../api/types';
import type { MessageKey } from './catalog';
import { en } from './en';
import { zh } from './zh';

export type Params = Record<string, string | number>;
export type Translate = (key: MessageKey, params?: Params) => string;

const i18n: I18n = i18next.createInstance();

/** Messages stand under flat keys; React escapes what it shows, so the catalog must not. */
export async function startI18n(lang: Lang): Promise<void> {
  await i18n.init({
    lng: lang,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: en }, 'zh-CN': { translation: zh } },
  });
  document.documentElement.lang = lang;
}

export async function changeLanguage(lang: Lang): Promise<void> {
  await i18n.changeLanguage(lang);
  document.documentElement.lang = lang;
}

export function currentLanguage(): Lang {
  return i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
}

function subscribe(onChange: () => void): () => void {
  i18n.on('languageChanged', onChange);
  return () => i18n.off('languageChanged', onChange);
}

export function useLanguage(): Lang {
  return useSyncExternalStore(subscribe, currentLanguage);
}

/** A numeric `count` chooses the plural form and is also there as `formatted`, grouped as the language groups. */
export function translate(lang: Lang, key: MessageKey, params?: Params): string {
  const count = params?.count;
  const formatted = typeof count === 'number' ? { formatted: new Intl.NumberFormat(lang).format(count) } : {};
  return i18n.t(key, { lng: lang, ...formatted, ...params });
}

export function useT(): Translate {
  const lang = useLanguage();
  return useCallback((key, params) => translate(lang, key, params), [lang]);
}
