import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../common/errors.js';
import { Clock } from '../contracts/ports/clock.js';
import type { StopFacts, StopLink } from '../contracts/stores/lock-down.store.js';
import { Stores } from '../contracts/stores/stores.js';
import { STOP_ADDRESS, type StopAddress } from './stop-address.js';
import { eventKey, recipientOf, tokenId } from './stop-hash.js';

const HOUR = 3_600_000;
/** How long a stop link works, and how long removed factors are kept for it. Milliseconds. */
export const STOP_LIFETIME = 72 * HOUR;

/** A mail that gets a link, and the event that it tells of. */
export interface StopLinkOf {
  readonly accountId: string;
  /** The address that the mail goes to. */
  readonly to: string;
  readonly event: { readonly id: string; readonly name: string };
  readonly facts: StopFacts;
}

/**
 * The links "This wasn't me" of security mails: 256 random bits, valid once within 72 hours, bound to the event of the mail. Only a hash is
 * stored. A mail that is written again gets another link of the same event. Each of them works, and the first use ends them all.
 */
@Injectable()
export class StopLinks {
  constructor(
    private readonly stores: Stores,
    private readonly clock: Clock,
    @Inject(STOP_ADDRESS) private readonly address: StopAddress,
  ) {}

  /** Stores a new link and returns its absolute address; null where the host has no public address. */
  async issue({ accountId, to, event, facts }: StopLinkOf): Promise<string | null> {
    const token = randomBytes(32).toString('base64url');
    const address = this.address(token);
    if (address === null) return null;
    const createdAt = this.clock.now();
    await this.stores.lockDowns.addLink({
      id: tokenId(token),
      accountId,
      event: eventKey(accountId, event.id),
      eventName: event.name,
      recipient: recipientOf(to),
      facts,
      createdAt,
      expiresAt: createdAt + STOP_LIFETIME,
    });
    return address;
  }

  /**
   * The link of this token, which was not used yet. Changes nothing.
   * @throws Problem GONE with `reason`: `used`, or `unknown` for an old, damaged or invented one.
   */
  async find(token: string): Promise<StopLink> {
    const link = await this.stores.lockDowns.findLink(tokenId(token), this.clock.now());
    if (!link) throw goneLink('unknown');
    const lockDowns = await this.stores.lockDowns.list(link.accountId);
    if (lockDowns.some(({ id }) => id === link.event)) throw goneLink('used');
    return link;
  }
}

/** The refusal of a link that does not work. */
export function goneLink(reason: 'used' | 'unknown'): Problem {
  const sentence =
    reason === 'used'
      ? 'This link was used already, and your account was locked down then.'
      : 'This link does not work: it is older than 72 hours, or it was cut short.';
  return new Problem('GONE', sentence, { reason });
}
