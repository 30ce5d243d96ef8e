import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { keptOrigin } from '../common/column-text.js';
import { Problem } from '../common/errors.js';
import { eventId } from '../common/event-id.js';
import type { TwoFactorEventData } from '../contracts/events.js';
import type { Delivery } from '../contracts/factor.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import { Mailer } from '../contracts/ports/mailer.js';
import { SendingLimits, type Postage } from '../rate-limits/sending-limits.js';
import type { Stores } from '../contracts/stores/stores.js';
import { Units } from '../outbox/units.js';

/** How long whoever could not be sent anything had better wait, in seconds. */
const AGAIN_IN = 60;

/** A letter that is to be sent: of which kind, what for, and who asked for it. */
export interface Errand {
  readonly account: Account;
  readonly kind: string;
  readonly use: TwoFactorEventData['two-factor.challenge.sent']['use'];
  readonly letter: ReturnType<Delivery['letter']>;
  /** How long what it carries is good, in ms. */
  readonly lives: number;
  readonly origin: Origin;
}

/** What became of it. `later`: nothing was sent, and nothing changed. */
export type Sent = { readonly status: 'sent' } | ({ readonly status: 'later' } & Unpaid);

type Unpaid = Extract<Postage, { paid: false }>;

/** Mails questions to their owners, within limits. */
@Injectable()
export class Courier {
  constructor(
    private readonly limits: SendingLimits,
    private readonly mailer: Mailer,
    private readonly units: Units,
    private readonly clock: Clock,
  ) {}

  /**
   * The mail first, then what it carries: `keep` runs in the unit that tells of it, so nothing can be answered that was not sent.
   * @throws Problem UNAVAILABLE when the mail is not taken; what could be answered before still can.
   */
  async deliver(errand: Errand, keep: (stores: Stores) => Promise<void>): Promise<Sent> {
    const { account, kind, use, origin } = errand;
    const postage = await this.limits.charge(account.id);
    if (!postage.paid) return { ...postage, status: 'later' };
    const id = eventId(this.clock.now(), 0);
    await this.mail(id, errand, postage.places);
    await this.units.run({ accountId: account.id, origin }, async (stores, tell) => {
      await keep(stores);
      tell('two-factor.challenge.sent', { kind, use }, { id });
    });
    return { status: 'sent' };
  }

  /** When this account may ask for the next one, UTC ms; null: now. */
  nextAt(accountId: string): Promise<number | null> {
    return this.limits.nextAt(accountId);
  }

  private async mail(id: string, errand: Errand, places: readonly string[]): Promise<void> {
    const { account, use, letter, lives, origin } = errand;
    const at = this.clock.now();
    const { ip, userAgent } = keptOrigin(origin);
    const where = { at, ip, userAgent };
    const model = { ...letter.model, ...where, use, minutes: lives / 60_000 };
    try {
      await this.mailer.send(account, { id, template: letter.template, model, until: at + lives });
    } catch (cause) {
      await this.limits.giveBack(places);
      const sentence = 'The code could not be mailed. Try again in a minute, or use another way.';
      throw new Problem('UNAVAILABLE', sentence, { retryAfter: AGAIN_IN }, { cause });
    }
  }
}
