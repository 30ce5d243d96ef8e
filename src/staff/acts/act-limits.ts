import { Injectable } from '@nestjs/common';
import { counted, type Counted } from '../../auth/rate-limits/counted.js';
import { RateLimitStore } from '../../auth/rate-limits/rate-limit.store.js';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { LimitReached } from '../../portal/problems/limit-reached.js';
import type { ActOrder } from './act-order.js';
import type { ActFacts } from './staff-act.js';

/** Counts the acts of each staff member, on all nodes: a thief with an agent's session cannot empty the portal (ASVS 5.0 2.4.1). */
@Injectable()
export class ActLimits {
  constructor(
    private readonly store: RateLimitStore,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts one more. Returns the function that takes it back, for an act that changed nothing.
   * @throws LimitReached TOO_MANY_ATTEMPTS
   */
  async consume({ agent, client }: ActOrder, act: ActFacts): Promise<() => Promise<void>> {
    if (!act.limited) return () => Promise.resolve();
    const row = counted('staff-acts', `${agent.id} ${act.name}`, this.config.staffActsPerDay);
    if (!(await this.store.charge(row))) throw await this.reached(row, agent.id, client.id);
    return () => this.store.refund(row);
  }

  private async reached(row: Counted, accountId: string, clientId: string): Promise<LimitReached> {
    const until = this.store.fullUntil(row, await this.store.read(row));
    const ms = Math.max((until ?? 0) - this.clock.now(), 1000);
    const model = { key: 'staff-acts.refused.limit', clientId };
    const message = 'You have done this too often today. Please ask another staff member, or wait.';
    return new LimitReached('staff-acts', message, { ms, accountId }, { view: 'staff/act-refused', model });
  }
}
