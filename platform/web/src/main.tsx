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
import type { Me } from './api/types';
import { speak } from './i18n';
import { App } from './shell/App';
import { cssVariablesResolver, theme } from './theme/theme';
import { ErrorState } from './ui/states';

function browserLanguage() {
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
  const answer = await whoAmI();
  const refused = answer instanceof ApiProblem;
  if (refused && (answer.status === 401 || answer.status === 403)) {
    // The call has already sent the browser to sign in, or to the page that says why not.
    return;
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
