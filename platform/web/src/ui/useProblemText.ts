import { useCallback } from 'react';
import { ApiProblem } from '../api/problem';
import { useT } from '../i18n';

/** What went wrong in one sentence: the server's own words where it gave some. */
export function useProblemText(): (error: unknown) => string {
  const t = useT();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiProblem)) {
        return t('state.error.app');
      }
      if (error.status === 0) {
        return t('problem.offline');
      }
      const first = error.violations[0]?.message;
      return first ?? error.detail ?? error.title ?? t('problem.unknown', { status: error.status });
    },
    [t],
  );
}
