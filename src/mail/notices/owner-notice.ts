import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Account } from '../../accounts/account.js';
import { Accounts } from '../../accounts/accounts.service.js';
import { HandOver } from '../../events/hand-over.js';
import type { EventKeeper, PortalEvent } from '../../events/portal-event.js';
import { Mailer } from '../letters/mailer.js';

/** Tells an account's owner of one kind of event: one mail for each, however often it is handed over. */
@Injectable()
export abstract class OwnerNotice implements EventKeeper, OnModuleInit {
  protected abstract readonly event: string;
  /** The mail's view; see `Mail`. */
  protected abstract readonly view: string;

  constructor(
    private readonly accounts: Accounts,
    private readonly mailer: Mailer,
    private readonly handOver: HandOver,
  ) {}

  onModuleInit(): void {
    this.handOver.register(this);
  }

  async keep(event: PortalEvent): Promise<void> {
    if (event.name !== this.event || event.accountId === null) return;
    const to = await this.accounts.byId(event.accountId);
    if (!to || !this.isFor(to)) return;
    await this.mailer.send({ id: event.id, to, view: this.view, model: this.modelOf(event) });
  }

  /** What the mail says of the event. */
  protected abstract modelOf(event: PortalEvent): Readonly<Record<string, unknown>>;

  /** Suspended people are told as well, unless it is of no use to them. */
  protected isFor(_owner: Account): boolean {
    return true;
  }
}
