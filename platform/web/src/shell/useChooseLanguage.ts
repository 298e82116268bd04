import { call } from '../api/client';
import type { Lang } from '../api/types';
import { speak } from '../i18n';
import { useProblemText } from '../ui/useProblemText';
import { toasts } from './toast';

/** Speaks the language at once, and asks the server to remember it. */
export function useChooseLanguage(): (lang: Lang) => Promise<void> {
  const problemText = useProblemText();
  return async (lang) => {
    try {
      await speak(lang);
      await call('/api/v1/me', { method: 'PATCH', body: { locale: lang } });
    } catch (error) {
      toasts.show({ text: problemText(error), tone: 'bad' });
    }
  };
}
