import { call } from '../api/client';

export type Operation = 'add' | 'change' | 'remove';

export interface ChangeWish {
  op: Operation;
  component: string;
  value?: Record<string, unknown>;
}

export interface PlanProperty {
  name: string;
  old?: unknown;
  new?: unknown;
}

export interface PlanChange {
  op: Operation;
  component: string;
  kind: 'entity' | 'field' | 'view' | 'layout';
  properties: PlanProperty[];
  impact?: PlanImpact;
}

export interface PlanImpact {
  converts?: number;
  fails?: number;
  moves?: number;
  samples?: { id?: string; value: string; message?: string; records?: number }[];
}

export interface PlanRisk {
  component: string;
  code: string;
  count: number;
  message: string;
}

export interface PlanSummary {
  id: string;
  title: string;
  state: 'open' | 'applied';
  createdAt: string;
  createdBy: string;
  appliedAt?: string;
  appliedBy?: string;
  reverts?: string;
  revertedBy?: string;
  added: number;
  changed: number;
  removed: number;
  jobs: string[];
  /** The fields whose values the plan keeps hidden. */
  kept?: string[];
  /** Those of them that are whole entities, with all their records. */
  keptEntities?: string[];
  purgeFrom?: string;
  purging?: boolean;
}

export interface Plan extends PlanSummary {
  changes: PlanChange[];
  risks: PlanRisk[];
}

const PLANS = '/api/v1/metadata/plans';

export const SOLUTION_FILE = '/api/v1/metadata/solution.zip';

export async function makePlan(title: string, changes: ChangeWish[]): Promise<Plan> {
  return await call<Plan>(PLANS, { method: 'POST', body: { title, changes } });
}

export async function planFiles(file: File, title: string, complete: boolean): Promise<Plan> {
  const query = new URLSearchParams({ title, complete: String(complete) });
  return await call<Plan>(`${PLANS}?${query}`, { method: 'POST', file });
}

export async function getPlan(id: string, signal?: AbortSignal): Promise<Plan> {
  return await call<Plan>(`${PLANS}/${id}`, { signal });
}

export async function listPlans(signal?: AbortSignal): Promise<PlanSummary[]> {
  return (await call<{ value: PlanSummary[] }>(PLANS, { signal })).value;
}

export async function applyPlan(id: string): Promise<Plan> {
  return await call<Plan>(`${PLANS}/${id}/apply`, { method: 'POST', body: {} });
}

export async function revertPlan(id: string): Promise<Plan> {
  return await call<Plan>(`${PLANS}/${id}/revert`, { method: 'POST', body: {} });
}

/** Has the values deleted for good that the plan hid, and the records of the entities that are named. */
export async function purgePlan(id: string, names: readonly string[]): Promise<void> {
  await call(`${PLANS}/${id}/purge`, { method: 'POST', body: { names } });
}

export async function discardPlan(id: string): Promise<void> {
  await call(`${PLANS}/${id}`, { method: 'DELETE' });
}
