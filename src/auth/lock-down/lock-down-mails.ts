import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Administrators } from '../../accounts/administrators.js';
import { Config } from '../../config.js';
import { type Addressee, Mailer } from '../../mail/rendering/mailer.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { ResetLinks } from '../password-reset/reset-links.js';
import type { LockDown } from './lock-down.js';

/** Maximum number of administrators that get mail about a lock-down. */
const mostTold = 20;

/** The mails of a lock-down: a link for a new password to the owner, and a report to the staff. */
@Injectable()
export class LockDownMails {
  constructor(
    private readonly links: ResetLinks,
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly administrators: Administrators,
    private readonly modules: InstalledModules,
  ) {}

  /** Whether a mailed link may replace the password of this account at all. */
  async mayMail(accountId: string): Promise<boolean> {
    for (const rule of this.modules.resetRules()) if (await rule.refuses(accountId)) return false;
    return true;
  }

  /** The recipients of reports: the security contact where it is an e-mail address, else the provider’s own one, else the administrators. */
  async staff(): Promise<readonly Addressee[]> {
    const { securityContact, supportEmail, portalName } = this.config;
    const contact = /^mailto:([^?]+)/.exec(securityContact ?? '')?.[1] ?? supportEmail;
    if (contact !== null) return [{ name: portalName, email: contact }];
    return this.administrators.list(mostTold);
  }

  /** Mails the usual link for a new password. */
  async password({ id, at }: LockDown, account: Account, manager: EntityManager): Promise<void> {
    const { id: accountId, stamp } = account;
    const token = await this.links.issue({ accountId, stamp }, manager);
    // Never uses the request's Host header: otherwise a stranger could choose where the link leads (CWE-640).
    const link = `${this.config.publicUrl}/password/reset/${token}`;
    const model = { link, at, ip: null, userAgent: null, lockedDown: true };
    await this.mailer.send(
      { id: `${id}.password`, to: account, view: 'mail/password-reset', model },
      manager,
    );
  }

  /** Each address gets one mail. */
  async tellStaff(
    { id, at, event }: LockDown,
    { id: accountId, name, email }: Account,
    { staff, mailed }: { readonly staff: readonly Addressee[]; readonly mailed: boolean },
    manager: EntityManager,
  ): Promise<void> {
    const view = 'mail/account-locked-down';
    const model = { at, event, mailed, accountId, account: `${name} (${email})`, ip: null, userAgent: null };
    for (const [place, to] of staff.entries())
      await this.mailer.send({ id: `${id}.staff-${place}`, to, view, model }, manager);
  }
}
