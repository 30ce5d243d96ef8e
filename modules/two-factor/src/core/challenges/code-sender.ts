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
import { SecurityLog } from '../rate-limits/security-log.js';
import { SendQuota, type QuotaOwner, type QuotaResult } from '../rate-limits/send-quota.js';
import type { Stores } from '../contracts/stores/stores.js';
import { Transactions } from '../outbox/transactions.js';

/** How long to wait after a message that the channel did not accept, in seconds. */
const AGAIN_IN = 60;

/** A message to send: its channel and destination, the kind of factor, the purpose, and the origin of the request. */
export interface SendRequest {
  readonly account: Account;
  readonly kind: string;
  readonly channel: CodeChannel;
  readonly destination: string;
  readonly use: TwoFactorEventData['two-factor.challenge.sent']['use'];
  readonly letter: ReturnType<Delivery['message']>;
  /** The lifetime of its code, in ms. */
  readonly lives: number;
  readonly origin: Origin;
}

/** The result. `later`: the send quota is used up; no message was sent, and the older code stays valid. */
export type Sent =
  { readonly status: 'sent' } | ({ readonly status: 'later'; readonly channel: string } & Unpaid);

type Unpaid = Extract<QuotaResult, { allowed: false }>;

/** Sends codes by the channel of their kind, within the send quota. */
@Injectable()
export class CodeSender {
  constructor(
    private readonly limits: SendQuota,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly securityLog: SecurityLog,
  ) {}

  /**
   * Sends the message first and then runs `keep` in the transaction of the event. A code that was not sent is therefore
   * never valid.
   * @throws Problem UNAVAILABLE when the channel does not accept the message; the older code stays valid.
   */
  async send(request: SendRequest, keep: (stores: Stores) => Promise<void>): Promise<Sent> {
    const { account, kind, use, origin } = request;
    const quota = await this.limits.consume(quotaOwnerOf(account.id, request.channel, request.destination));
    if (!quota.allowed) {
      const limit = 'shut' in quota ? 'account' : 'messages';
      this.securityLog.throttled({ limit, accountId: account.id, ip: origin.ip, until: quota.until });
      return { ...quota, status: 'later', channel: request.channel.name };
    }
    const id = eventId(this.clock.now(), 0);
    await this.dispatch(id, request, quota.places);
    await this.transactions.run({ accountId: account.id, origin }, async (stores, emit) => {
      await keep(stores);
      emit('two-factor.challenge.sent', { kind, use }, { id });
    });
    return { status: 'sent' };
  }

  /** When this account may request the next code for this destination, UTC ms; null: now. */
  nextAt(accountId: string, channel: CodeChannel, destination: string): Promise<number | null> {
    return this.limits.nextAt(quotaOwnerOf(accountId, channel, destination));
  }

  private async dispatch(id: string, request: SendRequest, places: readonly string[]): Promise<void> {
    const { account, channel, use, letter, lives, origin } = request;
    const at = this.clock.now();
    const { ip, userAgent } = keptOrigin(origin);
    const where = { at, ip, userAgent };
    const model = { ...letter.model, ...where, use, minutes: lives / 60_000 };
    try {
      const message = { id, template: letter.template, model, until: at + lives };
      await channel.send(account, request.destination, message);
    } catch (cause) {
      await this.limits.refund(places);
      throw new Problem('UNAVAILABLE', channel.unsent, { retryAfter: AGAIN_IN }, { cause });
    }
  }
}

/** The quotas that a message counts for: the account's, and the destination's where several accounts can name it. */
function quotaOwnerOf(accountId: string, { name, isShared }: CodeChannel, destination: string): QuotaOwner {
  return { accountId, ...(isShared && { destination: `${name}:${destination}` }) };
}
