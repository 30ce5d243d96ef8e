import type { LimitName } from '../../limits.js';
import { PortalProblem, type ProblemPage } from './problem.js';

/** A refusal by one of the portal's limits. The problem filter writes its log line; visitors do not see the limit's name. */
export class LimitReached extends PortalProblem {
  constructor(
    readonly limit: LimitName,
    message: string,
    private readonly wait: { readonly ms: number; readonly accountId?: string },
    page?: ProblemPage,
  ) {
    super('TOO_MANY_ATTEMPTS', message, { retryAfter: Math.ceil(wait.ms / 1000) }, page);
  }

  /** The account that has to wait; null where none is known. */
  get accountId(): string | null {
    return this.wait.accountId ?? null;
  }

  /** The same refusal, shown on this page. */
  on(page: ProblemPage): LimitReached {
    return new LimitReached(this.limit, this.message, this.wait, page);
  }
}
