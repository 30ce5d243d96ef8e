import type { LimitName } from './limits.js';

/** A request that a limit refused. */
export interface ThrottledRequest {
  readonly limit: LimitName;
  /** Null where no account is known. */
  readonly accountId: string | null;
  readonly ip: string | null;
  /** UTC ms; null where no time ends it. */
  readonly until: number | null;
}

/** Lines for operators and for tools that block addresses. They never change the answer of a request. */
export abstract class SecurityLog {
  /** One line for each refusal by a limit. */
  abstract throttled(request: ThrottledRequest): void;

  /** One line for each wrong code. */
  abstract wrongCode(place: 'challenge' | 'step-up', ip: string | null): void;

  /** One line for each wrong password of a step-up. */
  abstract wrongPassword(ip: string | null): void;
}
