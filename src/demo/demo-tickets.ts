import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.js';
import { Clock } from '../clock.js';
import type { Said, TicketWithMessages } from '../support/ticket.js';
import { Tickets } from '../support/tickets.service.js';
import { type DemoConversation, demoConversations } from './demo-conversations.js';
import type { DemoPart } from './demo-part.js';

const hour = 3_600_000;

/** The questions of the demo customers, and the answers of the support agent. */
@Injectable()
export class DemoTickets implements DemoPart {
  constructor(
    private readonly tickets: Tickets,
    private readonly clock: Clock,
  ) {}

  async write(accounts: readonly Account[], manager: EntityManager): Promise<void> {
    const support = accounts.find(({ role }) => role === 'support');
    if (!support) return;
    for (const customer of accounts) {
      const conversations = demoConversations.get(customer.email) ?? [];
      for (const one of conversations)
        await this.tickets.add(this.ticketOf(one, { customer, support }), manager);
    }
  }

  private ticketOf(
    { subject, state, said: [first, ...rest] }: DemoConversation,
    people: Readonly<Record<'customer' | 'support', Account>>,
  ): TicketWithMessages {
    const now = this.clock.now();
    const spoken = ({ by, hoursAgo, body }: typeof first): Said => ({
      author: people[by],
      staff: by === 'support',
      body,
      at: now - hoursAgo * hour,
    });
    return { owner: people.customer, subject, state, messages: [spoken(first), ...rest.map(spoken)] };
  }
}
