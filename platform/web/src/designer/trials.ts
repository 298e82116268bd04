import { call } from '../api/client';

/** What came of an expression on the newest records. */
export interface Trial {
  /** How many were looked at. */
  records: number;
  /** Whether those are all that there are. */
  complete: boolean;
  tooCostly: number;
  /** Of a condition: for how many it holds. */
  refused?: number;
  /** Of a formula: the type of what it gives. */
  type?: string;
  /** For how many it gives nothing. */
  empty?: number;
  samples: readonly TrialSample[];
}

export interface TrialSample {
  id: string;
  reads: Readonly<Record<string, unknown>>;
  value?: unknown;
}

export interface TrialInput {
  entity: string;
  refuseWhen?: string;
  expression?: string;
  scale?: number;
}

export async function tryExpression(input: TrialInput, signal: AbortSignal): Promise<Trial> {
  return await call<Trial>('/api/v1/metadata/trials', { method: 'POST', body: input, signal });
}
