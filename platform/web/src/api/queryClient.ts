import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem';

const RETRIES = 2;

/** A refusal will not change by asking again; a lost connection or a busy server may. */
function worthRetrying(failures: number, error: Error): boolean {
  const passing = !(error instanceof ApiProblem) || error.status === 0 || error.status >= 502;
  return passing && failures < RETRIES;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: worthRetrying, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
