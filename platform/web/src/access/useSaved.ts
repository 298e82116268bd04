import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';

/** Runs a change and says what became of it; `undo` gives back what was before. */
export function useSaved(): (work: Promise<unknown>, text: string, undo?: () => Promise<unknown>) => Promise<boolean> {
  const t = useT();
  const problemText = useProblemText();
  const failed = (error: unknown) => {
    toasts.show({ text: problemText(error), tone: 'bad' });
    return false;
  };
  const told = (text: string, undo?: () => Promise<unknown>) => {
    const back = () => void undo?.().then(() => told(t('access.undone')), failed);
    toasts.show(undo === undefined ? { text } : { text, undo: back });
    return true;
  };
  return (work, text, undo) => work.then(() => told(text, undo), failed);
}
