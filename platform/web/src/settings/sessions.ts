import { call } from '../api/client';

/** A browser that is signed in as this person. */
export interface SignIn {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  address?: string;
  agent?: string;
  current: boolean;
}

const SESSIONS = '/api/v1/me/sessions';

/** Browsers also call themselves by the names of others, further down: the first that fits is meant. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bVersion\/.*Safari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/** What a browser and its computer are called by people. */
export function device(agent = ''): { browser: string | undefined; system: string | undefined } {
  const named = (names: typeof BROWSERS) => names.find(([form]) => form.test(agent))?.[1];
  return { browser: named(BROWSERS), system: named(SYSTEMS) };
}

export async function listSignIns(signal?: AbortSignal): Promise<SignIn[]> {
  return (await call<{ value: SignIn[] }>(SESSIONS, { signal })).value;
}

/** Signs one browser out, or all but this one. */
export async function end(signIn?: SignIn): Promise<void> {
  await call(signIn === undefined ? SESSIONS : `${SESSIONS}/${signIn.id}`, { method: 'DELETE' });
}
