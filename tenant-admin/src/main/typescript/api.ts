import { language } from "./messages.js";

export interface Me {
  readonly username: string;
  readonly displayName: string;
  readonly csrfToken?: string;
  readonly platformUrl: string;
}

export interface Tenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: "active" | "suspended";
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly createdAt: string;
  readonly users: number;
  readonly records: number;
  readonly suspendedReason?: string;
  readonly plugins?: readonly string[];
}

export interface TenantPage {
  readonly value: readonly Tenant[];
  readonly counts: { readonly active: number; readonly suspended: number };
  readonly next?: string;
}

export interface Person {
  readonly username: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role?: string;
  readonly password?: string;
}

export interface NewTenant {
  readonly slug?: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly plugins: readonly string[];
  readonly administrator: Person;
}

export interface NewMember {
  readonly id: string;
  readonly username: string;
  readonly temporaryPassword?: string;
}

export interface Member {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly email?: string;
  readonly kind: "person" | "service";
  readonly role: "administrator" | "user";
  readonly status: "active" | "removed";
  readonly createdAt: string;
}

export interface ServiceAccount {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenUrl: string;
}

export interface OperatorAction {
  readonly at: string;
  readonly operator: string;
  readonly action: string;
  readonly detail?: string;
}

interface Violation {
  readonly field: string;
  readonly message: string;
}

interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly instance?: string;
  readonly violations?: readonly Violation[];
}

/** The server's refusal, in its own words. */
export class Problem extends Error {
  readonly status: number;
  readonly detail: string;
  readonly request: string;
  readonly violations: readonly Violation[];

  constructor(status: number, document: ProblemDocument) {
    super(document.title);
    this.status = status;
    this.detail = document.detail;
    this.request = (document.instance ?? "").replace("urn:uuid:", "");
    this.violations = document.violations ?? [];
  }
}

let csrfToken = "";

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language() };
  if (method !== "GET") {
    headers["X-Relata-CSRF"] = csrfToken;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, {
    method,
    headers,
    credentials: "same-origin",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 401) {
    signIn();
    return new Promise<T>(() => {});
  }
  if (!response.ok) {
    throw new Problem(response.status, (await response.json()) as ProblemDocument);
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Leaves the page; the operator comes back to where they are now. */
function signIn(): void {
  const here = encodeURIComponent(location.pathname + location.search);
  location.assign(`/auth/login?lang=${language()}&return=${here}`);
}

export async function me(): Promise<Me> {
  const found = await call<Me>("GET", "/api/me");
  csrfToken = found.csrfToken ?? "";
  return found;
}

export async function signOut(): Promise<void> {
  const { location: elsewhere } = await call<{ location: string }>("POST", "/auth/logout");
  location.assign(elsewhere);
}

export function listTenants(search: string, status: string, after?: string): Promise<TenantPage> {
  const query = new URLSearchParams({ top: "200" });
  if (search !== "") query.set("search", search);
  if (status !== "") query.set("status", status);
  if (after !== undefined) query.set("after", after);
  return call("GET", `/api/tenants?${query}`);
}

export function getTenant(id: string): Promise<Tenant> {
  return call("GET", tenantPath(id));
}

export function createTenant(tenant: NewTenant): Promise<Tenant & { readonly administrator: NewMember }> {
  return call("POST", "/api/tenants", tenant);
}

export function suspend(id: string, reason: string): Promise<Tenant> {
  return call("POST", `${tenantPath(id)}/suspend`, { reason });
}

export function resume(id: string): Promise<Tenant> {
  return call("POST", `${tenantPath(id)}/resume`, {});
}

export async function members(id: string): Promise<readonly Member[]> {
  return (await call<{ value: readonly Member[] }>("GET", `${tenantPath(id)}/users`)).value;
}

export function addMember(id: string, person: Person): Promise<NewMember> {
  return call("POST", `${tenantPath(id)}/users`, person);
}

export function removeMember(id: string, user: string): Promise<void> {
  return call("DELETE", `${tenantPath(id)}/users/${encodeURIComponent(user)}`);
}

export function addServiceAccount(id: string, name: string): Promise<ServiceAccount> {
  return call("POST", `${tenantPath(id)}/service-accounts`, { name });
}

export async function trail(id: string): Promise<readonly OperatorAction[]> {
  return (await call<{ value: readonly OperatorAction[] }>("GET", `${tenantPath(id)}/audit`)).value;
}

function tenantPath(id: string): string {
  return `/api/tenants/${encodeURIComponent(id)}`;
}
