import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { DamagedFactor, Problem } from '../common/errors.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import { stampOf, type Standing } from '../accounts/standing.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { Units, type Tell } from '../outbox/units.js';
import { Vault } from '../encryption/vault.js';

const DAY = 86_400_000;
/** How many an account may have; the oldest goes. */
const MOST = 10;

/** Whose devices, and how the account stands: any change of it voids them all. */
export interface DeviceOwner {
  readonly account: Account;
  readonly standing: Standing;
}

/** A browser that is not asked for the second factor. */
export interface Device {
  readonly id: string;
  /** Its user agent, where it said one. */
  readonly agent: string | null;
  /** UTC ms. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What the browser keeps: 256 bits, base64url. Only its hash is stored. */
export interface DeviceToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** Trusted devices: tokens of 30 days at most, bound to the account's stamp and its set of factors. */
@Injectable()
export class Devices {
  constructor(
    private readonly stores: Stores,
    private readonly units: Units,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Is one of these tokens of a device that this account still trusts? */
  async knows({ account, standing }: DeviceOwner, tokens: readonly string[]): Promise<boolean> {
    const stamp = stampOf(account, standing.set);
    for (const token of tokens) {
      const found = await this.stores.tokens.find(refOf(account, idOf(token)), this.clock.now());
      if (found?.stamp === stamp) return true;
    }
    return false;
  }

  /** Trusts the browser at hand for so many days, in the unit that let its owner in. */
  async trust(
    stores: Stores,
    tell: Tell,
    owner: DeviceOwner,
    { days, agent }: { readonly days: number; readonly agent: string | null },
  ): Promise<DeviceToken> {
    const now = this.clock.now();
    const token = randomBytes(32).toString('base64url');
    const ref = refOf(owner.account, idOf(token));
    for (const { id } of (await this.living(owner, stores)).slice(MOST - 1))
      await stores.tokens.consume(refOf(owner.account, id), now);
    const expiresAt = now + days * DAY;
    await stores.tokens.insert({
      ...ref,
      ...{ key: '', variety: '', stamp: stampOf(owner.account, owner.standing.set), misses: 0 },
      ...{ sealed: this.vault.sealToken({ agent }, ref), createdAt: now, expiresAt },
    });
    tell('two-factor.device.trusted', { deviceId: ref.id });
    return { token, expiresAt };
  }

  /** Those that still count, the newest first. */
  async of(owner: DeviceOwner): Promise<readonly Device[]> {
    const tokens = await this.living(owner, this.stores);
    return tokens.map((token) => {
      const { id, createdAt, expiresAt } = token;
      return { id, agent: this.agentOf(token), createdAt, expiresAt };
    });
  }

  /** Null also where it cannot be opened: its owner must be able to see the device, and to forget it. */
  private agentOf(token: Token): string | null {
    try {
      const { agent } = this.vault.openToken(token);
      return typeof agent === 'string' ? agent : null;
    } catch (error) {
      if (error instanceof DamagedFactor) return null;
      throw error;
    }
  }

  /** @throws Problem NOT_FOUND when the account has no such device. */
  async forget({ account }: DeviceOwner, id: string, origin: Origin): Promise<void> {
    await this.units.run({ accountId: account.id, origin }, async (stores, tell) => {
      if (!(await stores.tokens.consume(refOf(account, id), this.clock.now())))
        throw new Problem('NOT_FOUND', 'There is no such browser any more.');
      tell('two-factor.device.forgotten', { deviceId: id });
    });
  }

  /** All of them, also those that count no more. */
  async forgetAll(accountId: string, origin: Origin): Promise<void> {
    await this.units.run({ accountId, origin }, async (stores, tell) => {
      await stores.tokens.discard(accountId, 'device');
      tell('two-factor.device.forgotten', { deviceId: 'all' });
    });
  }

  private async living({ account, standing }: DeviceOwner, stores: Stores): Promise<readonly Token[]> {
    const tokens = await stores.tokens.list({ purpose: 'device', accountId: account.id }, this.clock.now());
    const stamp = stampOf(account, standing.set);
    return tokens.filter((token) => token.stamp === stamp);
  }
}

function refOf({ id: accountId }: Account, id: string): TokenRef {
  return { id, purpose: 'device', accountId };
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
