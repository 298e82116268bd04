import './theme/mantine.css';
import './theme/global.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { call, setCsrfToken } from './api/client';
import { ApiProblem } from './api/problem';
import { queryClient } from './api/queryClient';
import { metadataQuery } from './api/session';
import type { Lang, Me } from './api/types';
import { prepare, speak } from './i18n';
import { App } from './shell/App';
import { cssVariablesResolver, theme } from './theme/theme';
import { ErrorState } from './ui/states';

function browserLanguage(): Lang {
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
}

async function whoAmI(): Promise<Me | ApiProblem> {
  try {
    return await call<Me>('/api/v1/me');
  } catch (error) {
    return error instanceof ApiProblem ? error : ApiProblem.unreachable();
  }
}

async function start(): Promise<void> {
  // Most people's language is their browser's: its texts are on their way before the server has said so.
  prepare(browserLanguage()).catch(() => undefined);
  const answer = await whoAmI();
  const refused = answer instanceof ApiProblem;
  if (refused && (answer.status === 401 || answer.status === 403)) {
    // The call has already sent the browser to sign in, or to the page that says why not.
    return;
  }
  if (!refused) {
    void queryClient.prefetchQuery(metadataQuery());
  }
  await speak(refused ? browserLanguage() : answer.locale);
  setCsrfToken(refused ? undefined : answer.csrfToken);
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <BrowserRouter>
            {refused ? <ErrorState error={answer} onRetry={() => window.location.reload()} /> : <App me={answer} />}
          </BrowserRouter>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();
