import type { RecordData, Violation } from './types';

interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  instance?: string;
  violations?: Violation[];
  current?: RecordData;
}

/** What the server said about a refused or failed call (problem+json), or that it could not be reached. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string | undefined;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  readonly violations: readonly Violation[];
  /** On a conflict: the record as it is now. */
  readonly current: RecordData | undefined;

  constructor(status: number, body: ProblemBody, requestId?: string | null) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.type?.replace(/^urn:relata:problem:/, '') ?? (status === 0 ? 'offline' : 'unknown');
    this.title = body.title;
    this.detail = body.detail;
    this.requestId = body.instance ?? requestId ?? undefined;
    this.violations = body.violations ?? [];
    this.current = body.current;
  }

  static async from(response: Response): Promise<ApiProblem> {
    const requestId = response.headers.get('X-Request-Id');
    const isJson = response.headers.get('Content-Type')?.includes('json') ?? false;
    const body = isJson ? ((await response.json().catch(() => ({}))) as ProblemBody) : {};
    return new ApiProblem(response.status, body, requestId);
  }

  static unreachable(): ApiProblem {
    return new ApiProblem(0, {});
  }
}
