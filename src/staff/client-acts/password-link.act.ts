import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { ResetLinks } from '../../auth/password-reset/reset-links.js';
import { Clock } from '../../clock.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import type { ActDone, ActOrder } from '../acts/act-order.js';
import { ActRefused, whileSuspended } from '../acts/act-refused.js';
import { StaffActRegistry } from '../acts/act-registry.js';
import type { ActButton, PortalAct } from '../acts/staff-act.js';
import { PasswordLinkMail } from './password-link-mail.js';

/** A second link within this time is the same wish, in milliseconds. */
const pause = 60_000;

/**
 * Mails a client a link for a new password, as “Forgot password?” does. The agent never sees the link, and a factor is asked for
 * as before. The link is refused where the factor's codes come by mail too.
 */
@Injectable()
export class PasswordLinkAct implements PortalAct, OnModuleInit {
  readonly name = 'password-link.send';
  readonly path = 'password-link';
  readonly role = 'support';
  readonly limited = true;

  constructor(
    private readonly registry: StaffActRegistry,
    private readonly modules: InstalledModules,
    private readonly links: ResetLinks,
    private readonly mail: PasswordLinkMail,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async buttons(client: Account): Promise<readonly ActButton[]> {
    if (client.suspended || (await this.isBarred(client.id))) return [];
    return [{ label: 'staff-acts.password-link', hint: 'staff-acts.password-link-hint' }];
  }

  async before({ client: { id: clientId, suspended } }: ActOrder): Promise<void> {
    if (suspended) throw whileSuspended(clientId);
    if (!(await this.isBarred(clientId))) return;
    const sentence =
      'The codes of this account come by mail too, so mail alone must not replace its password.';
    throw new ActRefused('CONFLICT', 'reset-barred', sentence, { clientId });
  }

  async carryOut(order: ActOrder, manager: EntityManager): Promise<ActDone | null> {
    const { id: accountId, stamp, suspended } = order.client;
    if (suspended) throw whileSuspended(accountId);
    if (await this.links.isMadeAfter(accountId, this.clock.now() - pause, manager)) return null;
    const token = await this.links.issue({ accountId, stamp }, manager);
    await this.mail.send(order, token, manager);
    return {};
  }

  private async isBarred(accountId: string): Promise<boolean> {
    for (const rule of this.modules.resetRules()) if (await rule.refuses(accountId)) return true;
    return false;
  }
}
