import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../../accounts/account.js';
import { Config } from '../../config.js';
import { PortalEvents } from '../../events/portal-events.js';
import { StopLinks } from '../../mail/notifications/stop-links.js';
import { type Addressee, Mailer } from '../../mail/rendering/mailer.js';
import { askerOf, type QueuedReset } from './reset-queue.js';

/** A request that is being answered. */
export interface Answered {
  readonly queued: QueuedReset;
  /** The account with the address; null: no account has it. */
  readonly account: Account | null;
  /** The same account if it may get a link; null: the mail is a decoy. */
  readonly owner: Account | null;
  readonly token: string;
  /** The link “This wasn’t me”; null: there is none. */
  readonly stop: string | null;
}

/** Records the event of a request, and mails its link. */
@Injectable()
export class ResetMails {
  constructor(
    private readonly events: PortalEvents,
    private readonly mailer: Mailer,
    private readonly config: Config,
    private readonly stopLinks: StopLinks,
  ) {}

  /** The link “This wasn’t me” for the mail; null: there is none. A decoy gets one too, of no account: the work must be the same. */
  stopLink({ id, email, createdAt: at }: QueuedReset, owner: Account | null): Promise<string | null> {
    const to = owner?.email ?? nobodyAt(email).email;
    const event = { id, name: 'password.reset-requested', at };
    return this.stopLinks.link({ accountId: owner?.id ?? 'nobody', to, event });
  }

  /** Runs in the transaction of the link. */
  async send({ queued, account, owner, token, stop }: Answered, manager: EntityManager): Promise<void> {
    const { createdAt: at, email } = queued;
    const { actor, ...origin } = askerOf(queued);
    const facts = { accountId: account?.id ?? null, actor, data: {} };
    const event = await this.events.recordPast('password.reset-requested', facts, { ...origin, at }, manager);
    // Never uses the request's Host header: otherwise a stranger could choose where the link leads (CWE-640).
    const link = `${this.config.publicUrl}/password/reset/${token}`;
    const model = { link, at, ip: event.ip, userAgent: event.userAgent, stop };
    const mail = { id: event.id, to: owner ?? nobodyAt(email), view: 'mail/password-reset', model };
    await this.mailer.send({ ...mail, decoy: owner === null }, manager);
  }
}

/**
 * Replaces an address that must not get mail. It is derived from the address, so that mails to it are counted alike. It does
 * not contain the address, and it is not deliverable (RFC 2606 §2).
 */
function nobodyAt(email: string): Addressee {
  const print = createHash('sha256').update(email).digest('hex').slice(0, 24);
  return { name: 'Nobody', email: `${print}@nobody.invalid` };
}
