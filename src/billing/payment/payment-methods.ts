import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { currentAccount } from '../../accounts/current-account.js';
import { actorOf } from '../../auth/common/actor.js';
import { Clock } from '../../clock.js';
import { isUniqueViolation } from '../../database/connection/database-errors.js';
import { PortalEvents } from '../../events/portal-events.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import type { GatewayCard } from './payment-gateway.js';
import { PaymentMethodRow } from './payment-method.entity.js';

/** How accounts pay: one stored card each. */
@Injectable()
export class PaymentMethods {
  constructor(
    private readonly database: DataSource,
    private readonly events: PortalEvents,
    private readonly clock: Clock,
  ) {}

  /** Null when the account has none. */
  find(accountId: string, manager = this.database.manager): Promise<PaymentMethodRow | null> {
    return manager.findOne(PaymentMethodRow, { where: { accountId } });
  }

  /**
   * Stores the card of the signed-in person, with its event. The same card stays, without an event.
   * @throws PortalProblem CONFLICT when another request has just changed it.
   */
  async change(request: Request, card: GatewayCard): Promise<void> {
    const { id: accountId } = currentAccount(request);
    try {
      await transaction(this.database, async (manager) => {
        const before = await this.find(accountId, manager);
        if (before?.reference === card.reference) return;
        await this.store({ ...card, accountId, changedAt: this.clock.now() }, before, manager);
        const data = { from: before && nameOf(before), to: nameOf(card) };
        const facts = { accountId, actor: actorOf(currentAccount(request)), data };
        await this.events.record('payment-method.changed', facts, request, manager);
      });
    } catch (error) {
      // Caught outside the transaction, which is rolled back completely: PostgreSQL allows no further statement inside it.
      throw isUniqueViolation(error) ? changedMeanwhile() : error;
    }
  }

  private async store(
    row: PaymentMethodRow,
    before: PaymentMethodRow | null,
    manager: EntityManager,
  ): Promise<void> {
    if (!before) {
      await manager.insert(PaymentMethodRow, row);
      return;
    }
    const { accountId, ...change } = row;
    const { affected } = await manager.update(
      PaymentMethodRow,
      { accountId, reference: before.reference },
      change,
    );
    if (affected !== 1) throw changedMeanwhile();
  }
}

/** A card as people know it. */
function nameOf({ brand, last4 }: Pick<GatewayCard, 'brand' | 'last4'>): string {
  return `${brand} ···· ${last4}`;
}

function changedMeanwhile(): PortalProblem {
  return new PortalProblem('CONFLICT', 'The payment method was changed meanwhile.');
}
