import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { keptOrigin } from '../common/column-text.js';
import { Problem } from '../common/errors.js';
import { eventId } from '../common/event-id.js';
import type { TwoFactorEventData } from '../contracts/events.js';
import type { Delivery } from '../contracts/factor.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import type { CodeChannel } from '../contracts/ports/code-channel.js';
import { SendingLimits, type Payer, type Postage } from '../rate-limits/sending-limits.js';
import type { Stores } from '../contracts/stores/stores.js';
import { Units } from '../outbox/units.js';

/** How long whoever could not be sent anything had better wait, in seconds. */
const AGAIN_IN = 60;

/** A message that is to be sent: by which channel and where, of which kind, what for, and who asked for it. */
export interface Errand {
  readonly account: Account;
  readonly kind: string;
  readonly channel: CodeChannel;
  readonly destination: string;
  readonly use: TwoFactorEventData['two-factor.challenge.sent']['use'];
  readonly letter: ReturnType<Delivery['letter']>;
  /** How long what it carries is good, in ms. */
  readonly lives: number;
  readonly origin: Origin;
}

/** What became of it. `later`: nothing was sent, and nothing changed. */
export type Sent =
  { readonly status: 'sent' } | ({ readonly status: 'later'; readonly channel: string } & Unpaid);

type Unpaid = Extract<Postage, { paid: false }>;

/** Sends questions to their owners by the channel of the kind, within limits. */
@Injectable()
export class Courier {
  constructor(
    private readonly limits: SendingLimits,
    private readonly units: Units,
    private readonly clock: Clock,
  ) {}

  /**
   * The message first, then what it carries: `keep` runs in the unit that tells of it, so nothing can be answered that was not sent.
   * @throws Problem UNAVAILABLE when the message is not taken; what could be answered before still can.
   */
  async deliver(errand: Errand, keep: (stores: Stores) => Promise<void>): Promise<Sent> {
    const { account, kind, use, origin } = errand;
    const postage = await this.limits.charge(payerOf(account.id, errand.channel, errand.destination));
    if (!postage.paid) return { ...postage, status: 'later', channel: errand.channel.name };
    const id = eventId(this.clock.now(), 0);
    await this.send(id, errand, postage.places);
    await this.units.run({ accountId: account.id, origin }, async (stores, tell) => {
      await keep(stores);
      tell('two-factor.challenge.sent', { kind, use }, { id });
    });
    return { status: 'sent' };
  }

  /** When this account may ask for the next one to this destination, UTC ms; null: now. */
  nextAt(accountId: string, channel: CodeChannel, destination: string): Promise<number | null> {
    return this.limits.nextAt(payerOf(accountId, channel, destination));
  }

  private async send(id: string, errand: Errand, places: readonly string[]): Promise<void> {
    const { account, channel, use, letter, lives, origin } = errand;
    const at = this.clock.now();
    const { ip, userAgent } = keptOrigin(origin);
    const where = { at, ip, userAgent };
    const model = { ...letter.model, ...where, use, minutes: lives / 60_000 };
    try {
      const message = { id, template: letter.template, model, until: at + lives };
      await channel.send(account, errand.destination, message);
    } catch (cause) {
      await this.limits.giveBack(places);
      throw new Problem('UNAVAILABLE', channel.unsent, { retryAfter: AGAIN_IN }, { cause });
    }
  }
}

/** Whose budget a message is paid from: the account's, and the destination's where other accounts can name it too. */
function payerOf(accountId: string, { name, isShared }: CodeChannel, destination: string): Payer {
  return { accountId, ...(isShared && { destination: `${name}:${destination}` }) };
}
