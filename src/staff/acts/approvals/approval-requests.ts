import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { Clock } from '../../../clock.js';
import { PortalEvents } from '../../../events/portal-events.js';
import { type ActOrder, actActor } from '../act-order.js';
import { ActRefused } from '../act-refused.js';
import { type AskedApproval, ApprovalRows } from './approval-rows.js';

/** How long a request can be approved, in milliseconds. */
const approvalLife = 24 * 3_600_000;

/** A request for approval that waits. */
export interface RequestedApproval {
  readonly id: string;
  /** UTC ms. */
  readonly expiresAt: number;
  /** False: the same agent had asked for the same before. */
  readonly isNew: boolean;
}

/** Takes requests for acts that need a second staff member. */
@Injectable()
export class ApprovalRequests {
  constructor(
    private readonly rows: ApprovalRows,
    private readonly events: PortalEvents,
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the request and its event in one transaction. A second equal request of the same agent is the first one.
   * @throws ActRefused CONFLICT `approval-open` when another agent has asked for the same; `approval` is its id.
   */
  ask(order: ActOrder, why: string): Promise<RequestedApproval> {
    const asked = this.rowOf(order, why);
    const { id, expiresAt } = asked;
    return transaction(this.database, async (manager) => {
      if (await this.rows.insert(asked, manager)) {
        const data = { approvalId: id, act: order.act, reason: order.reason, ticket: asked.ticketNumber };
        const facts = { accountId: order.client.id, actor: actActor(order), data };
        await this.events.record('approval.requested', facts, order.request, manager);
        return { id, expiresAt, isNew: true };
      }
      const open = await this.rows.open(asked.openKey ?? '', manager);
      if (open?.askedBy === order.agent.id) return { id: open.id, expiresAt: open.expiresAt, isNew: false };
      throw alreadyAsked(order, open?.id ?? null);
    });
  }

  private rowOf({ act, client, agent, reason, ticket, parameters }: ActOrder, why: string): AskedApproval {
    const now = this.clock.now();
    const sorted = JSON.stringify(Object.fromEntries(Object.entries(parameters).sort()));
    return {
      ...{ id: randomUUID(), act, parameters: sorted, clientId: client.id, askedBy: agent.id, reason, why },
      ...{ ticketId: ticket?.id ?? null, ticketNumber: ticket?.number ?? null },
      ...{ openKey: openKeyOf(act, client.id, sorted), askedAt: now, expiresAt: now + approvalLife },
    };
  }
}

function openKeyOf(...facts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

function alreadyAsked({ client }: ActOrder, approval: string | null): ActRefused {
  const sentence = 'Another staff member has asked for this already. You can approve it.';
  return new ActRefused('CONFLICT', 'approval-open', sentence, {
    clientId: client.id,
    extra: { approval },
  });
}
