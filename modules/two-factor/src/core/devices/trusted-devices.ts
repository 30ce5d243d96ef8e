import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { DamagedFactor, Problem } from '../common/errors.js';
import { stableEventId } from '../common/event-id.js';
import type { Actor, Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import { stampOf, type AccountState } from '../accounts/account-state.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token, TokenRef } from '../contracts/stores/token.store.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { Transactions, type Emit } from '../outbox/transactions.js';
import { SecretStorage } from '../encryption/secret-storage.js';

const DAY = 86_400_000;
const MOST = twoFactorLimits['trusted-devices'].limit;

/** The owner of the devices, and the state of the account. Any change of it voids all devices. */
export interface TrustedDeviceOwner {
  readonly account: Account;
  readonly accountState: AccountState;
}

/** A browser that skips the challenge. */
export interface Device {
  readonly id: string;
  /** Its user agent, where the browser sent one. */
  readonly agent: string | null;
  /** UTC ms. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** The value in the browser's cookie: 256 bits, base64url. Only its hash is stored. */
export interface DeviceToken {
  readonly token: string;
  readonly expiresAt: number;
}

/** Trusted devices: tokens of at most 30 days, bound to the account's stamp and its set of factors. */
@Injectable()
export class TrustedDevices {
  constructor(
    private readonly stores: Stores,
    private readonly transactions: Transactions,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** Whether one of these tokens belongs to a device that this account still trusts. */
  async isTrusted(
    { account, accountState }: TrustedDeviceOwner,
    tokens: readonly string[],
  ): Promise<boolean> {
    const stamp = stampOf(account, accountState.set);
    for (const token of tokens) {
      const found = await this.stores.tokens.find(refOf(account, idOf(token)), this.clock.now());
      if (found?.stamp === stamp) return true;
    }
    return false;
  }

  /** Marks the current browser as trusted for some days, in the transaction of its sign-in. */
  async trust(
    stores: Stores,
    emit: Emit,
    owner: TrustedDeviceOwner,
    { days, agent }: { readonly days: number; readonly agent: string | null },
  ): Promise<DeviceToken> {
    const now = this.clock.now();
    const token = randomBytes(32).toString('base64url');
    const ref = refOf(owner.account, idOf(token));
    for (const { id } of (await this.findActive(owner, stores)).slice(MOST - 1))
      await stores.tokens.consume(refOf(owner.account, id), now);
    const expiresAt = now + days * DAY;
    await stores.tokens.insert({
      ...ref,
      ...{ key: '', subtype: '', stamp: stampOf(owner.account, owner.accountState.set), misses: 0 },
      ...{ sealed: this.secretStorage.sealToken({ agent }, ref), createdAt: now, expiresAt },
    });
    emit('two-factor.device.trusted', { deviceId: ref.id });
    return { token, expiresAt };
  }

  /** Returns the active devices, the newest first. */
  async list(owner: TrustedDeviceOwner): Promise<readonly Device[]> {
    const tokens = await this.findActive(owner, this.stores);
    return tokens.map((token) => {
      const { id, createdAt, expiresAt } = token;
      return { id, agent: this.agentOf(token), createdAt, expiresAt };
    });
  }

  /** Null also where it cannot be decrypted: the owner must still see the device and be able to forget it. */
  private agentOf(token: Token): string | null {
    try {
      const { agent } = this.secretStorage.openToken(token);
      return typeof agent === 'string' ? agent : null;
    } catch (error) {
      if (error instanceof DamagedFactor) return null;
      throw error;
    }
  }

  /** @throws Problem NOT_FOUND when the account has no such device. */
  async forget({ account }: TrustedDeviceOwner, id: string, origin: Origin): Promise<void> {
    await this.transactions.run({ accountId: account.id, origin }, async (stores, emit) => {
      if (!(await stores.tokens.consume(refOf(account, id), this.clock.now())))
        throw new Problem('NOT_FOUND', 'There is no such browser any more.');
      emit('two-factor.device.forgotten', { deviceId: id });
    });
  }

  /** Removes all devices, including those that have expired. */
  async forgetAll(accountId: string, origin: Origin): Promise<void> {
    await this.transactions.run({ accountId, origin }, async (stores, emit) => {
      await stores.tokens.discard(accountId, 'device');
      emit('two-factor.device.forgotten', { deviceId: 'all' });
    });
  }

  /**
   * Removes all devices, for staff and command lines, and mails the owner. False when there was none. Two calls at the same
   * moment emit one event.
   */
  async revokeAll(accountId: string, reason: string, actor: Actor): Promise<boolean> {
    const origin = { actor, ip: null, userAgent: null, requestId: null };
    return this.transactions.run({ accountId, origin }, async (stores, emit) => {
      const tokens = await stores.tokens.list({ purpose: 'device', accountId }, this.clock.now());
      if (tokens.length === 0) return false;
      await stores.tokens.discard(accountId, 'device');
      const id = stableEventId(
        JSON.stringify(['devices-forgotten', ...tokens.map((token) => token.id).sort()]),
      );
      emit('two-factor.device.forgotten', { deviceId: 'all', reason }, { id, notice: 'devices-forgotten' });
      return true;
    });
  }

  private async findActive(
    { account, accountState }: TrustedDeviceOwner,
    stores: Stores,
  ): Promise<readonly Token[]> {
    const tokens = await stores.tokens.list({ purpose: 'device', accountId: account.id }, this.clock.now());
    const stamp = stampOf(account, accountState.set);
    return tokens.filter((token) => token.stamp === stamp);
  }
}

function refOf({ id: accountId }: Account, id: string): TokenRef {
  return { id, purpose: 'device', accountId };
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
