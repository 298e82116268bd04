import { parseJson, writeJson } from './json';
import { ApiProblem } from './problem';

let csrfToken: string | undefined;

/** The token comes with /api/v1/me and lives in memory only; the session itself is an HttpOnly cookie. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

const REFUSED: Record<string, string> = {
  'tenant-suspended': 'suspended',
  'membership-removed': 'removed',
  'no-tenant': 'no-tenant',
};

/** Sends people whose session ended to sign in again, and people who may no longer enter to the page that says why. */
function leaveIfRefused(problem: ApiProblem): void {
  if (problem.status === 401) {
    window.location.assign(
      `/auth/login?return=${encodeURIComponent(window.location.pathname + window.location.search)}`,
    );
    return;
  }
  const reason = REFUSED[problem.code];
  if (problem.status === 403 && reason !== undefined) {
    window.location.assign(`/auth/refused?reason=${reason}`);
  }
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  form?: FormData;
  /** Sent as it is. */
  file?: File;
  etag?: string | undefined;
  prefer?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface Answer<T> {
  data: T;
  etag: string | null;
  location: string | null;
}

/** What a call needs besides the session's cookie. */
export function sessionHeaders(method: string | undefined): Record<string, string> {
  const changes = method !== undefined && method.toUpperCase() !== 'GET';
  return changes && csrfToken !== undefined ? { 'X-Relata-CSRF': csrfToken } : {};
}

function headersFor(options: CallOptions): Headers {
  const headers = new Headers({
    Accept: 'application/json, application/problem+json',
    ...sessionHeaders(options.method),
  });
  if (options.body !== undefined) {
    headers.set('Content-Type', 'application/json');
  }
  if (options.file !== undefined) {
    headers.set('Content-Type', 'application/zip');
  }
  if (options.etag !== undefined) {
    headers.set('If-Match', options.etag);
  }
  if (options.prefer !== undefined) {
    headers.set('Prefer', options.prefer);
  }
  return headers;
}

async function send(path: string, options: CallOptions): Promise<Response> {
  try {
    return await fetch(path, {
      method: options.method ?? 'GET',
      headers: headersFor(options),
      body: options.form ?? options.file ?? (options.body === undefined ? null : writeJson(options.body)),
      credentials: 'same-origin',
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    throw ApiProblem.unreachable();
  }
}

/** Signing in again in another tab changes the token: take the new one and try once more. */
async function sendWithFreshToken(path: string, options: CallOptions, refused: ApiProblem): Promise<Response> {
  const me = await send('/api/v1/me', {});
  if (!me.ok) {
    throw refused;
  }
  const { csrfToken: fresh } = (await me.json()) as { csrfToken?: string };
  if (fresh === csrfToken) {
    throw refused;
  }
  setCsrfToken(fresh);
  return await send(path, options);
}

async function answered(path: string, options: CallOptions): Promise<Response> {
  const response = await send(path, options);
  if (response.ok) {
    return response;
  }
  const problem = await ApiProblem.from(response);
  const again = problem.code === 'csrf' ? await sendWithFreshToken(path, options, problem) : undefined;
  if (again?.ok) {
    return again;
  }
  const final = again === undefined ? problem : await ApiProblem.from(again);
  leaveIfRefused(final);
  throw final;
}

export async function callFull<T>(path: string, options: CallOptions = {}): Promise<Answer<T>> {
  const response = await answered(path, options);
  const text = await response.text();
  return {
    data: (text === '' ? undefined : parseJson(text)) as T,
    etag: response.headers.get('ETag'),
    location: response.headers.get('Location'),
  };
}

export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  return (await callFull<T>(path, options)).data;
}
