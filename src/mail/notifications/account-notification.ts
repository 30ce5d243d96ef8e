import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { OutboxRelay } from '../../events/outbox-relay.js';
import type { EventSubscriber, PortalEvent } from '../../events/portal-event.js';
import { Mailer } from '../rendering/mailer.js';
import { StopLinks } from './stop-links.js';

/** Sends one mail to an account's owner for each event of one kind, however often the event is delivered. */
@Injectable()
export abstract class AccountNotification implements EventSubscriber, OnModuleInit {
  protected abstract readonly event: string;
  /** The mail's view; see `Mail`. */
  protected abstract readonly view: string;
  /** Whether the mail has a link “This wasn’t me”. */
  protected readonly isStoppable: boolean = true;

  constructor(
    private readonly accounts: Accounts,
    private readonly mailer: Mailer,
    private readonly outboxRelay: OutboxRelay,
    private readonly stopLinks: StopLinks,
  ) {}

  onModuleInit(): void {
    this.outboxRelay.subscribe(this);
  }

  async handle(event: PortalEvent): Promise<void> {
    if (event.name !== this.event || event.accountId === null) return;
    const to = await this.accounts.byId(event.accountId);
    if (!to || !this.isFor(to, event)) return;
    const mail = { accountId: to.id, to: to.email, event };
    const stop = this.isStoppable ? await this.stopLinks.link(mail) : null;
    await this.mailer.send({ id: event.id, to, view: this.view, model: { ...this.modelOf(event), stop } });
  }

  /** The mail's values from the event. */
  protected abstract modelOf(event: PortalEvent): Readonly<Record<string, unknown>>;

  /** Suspended people get the mail too, unless it is of no use to them. */
  protected isFor(_owner: Account, _event: PortalEvent): boolean {
    return true;
  }
}
