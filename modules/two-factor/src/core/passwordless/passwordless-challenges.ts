import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import { DamagedFactor } from '../common/errors.js';
import type { FactorData, View } from '../contracts/factor.js';
import { FactorRegistry, type PrimaryKind } from '../accounts/factor-registry.js';
import { Policy } from '../login/policy.js';
import { Clock } from '../contracts/ports/clock.js';
import { Stores } from '../contracts/stores/stores.js';
import { SecretStorage } from '../encryption/secret-storage.js';

/** The time limit of a passwordless challenge: 5 minutes. */
const LIFETIME = 5 * 60_000;
/** The challenge belongs to no account yet. */
const NOBODY = '';

/** A challenge for any visitor, in place of password and factor. */
export interface PasswordlessChallenge {
  readonly id: string;
  readonly kind: PrimaryKind;
  readonly challengeState: FactorData;
}

/** A challenge as the browser gets it; `ticket` is returned with the answer. */
export interface IssuedPasswordlessChallenge {
  readonly show: View;
  readonly json: View;
  readonly ticket: string;
  /** UTC ms. */
  readonly expiresAt: number;
}

/**
 * Challenges of passwordless sign-ins. The browser keeps them encrypted, so that anonymous requests write no rows. A
 * right answer writes one row, so that no node accepts it twice.
 */
@Injectable()
export class PasswordlessChallenges {
  constructor(
    private readonly registry: FactorRegistry,
    private readonly policy: Policy,
    private readonly secretStorage: SecretStorage,
    private readonly stores: Stores,
    private readonly clock: Clock,
  ) {}

  /** The kind that can sign in without a password; undefined where there is none or the policy forbids it. */
  get kind(): PrimaryKind | undefined {
    if (!this.policy.invites) return undefined;
    return this.registry.primaryKinds().find(({ behaviour }) => behaviour.passwordless);
  }

  /** Creates a challenge; null where no account may sign in without a password. */
  async create(): Promise<IssuedPasswordlessChallenge | null> {
    const { kind } = this;
    const invited = await kind?.behaviour.passwordless?.invite();
    if (!kind || !invited) return null;
    const expiresAt = this.clock.now() + LIFETIME;
    const owner = { id: randomUUID(), accountId: NOBODY };
    const sealed = this.secretStorage.sealToken(
      { kind: kind.definition.kind, challengeState: invited.challengeState, expiresAt },
      owner,
    );
    return { show: invited.show, json: invited.json ?? {}, ticket: `${owner.id}.${sealed}`, expiresAt };
  }

  /** Returns the challenge of a ticket; null when the ticket is invalid or has expired. */
  find(ticket: string): PasswordlessChallenge | null {
    const [id = '', ...rest] = ticket.split('.');
    const { kind } = this;
    const said = this.said(id, rest.join('.'));
    if (!kind || said?.['kind'] !== kind.definition.kind) return null;
    if (Number(said['expiresAt']) <= this.clock.now()) return null;
    return { id, kind, challengeState: said['challengeState'] as FactorData };
  }

  /** Consumes the challenge in the transaction that accepts its answer; false when it was consumed before. */
  consume({ attempts }: Stores, { id }: PasswordlessChallenge): Promise<boolean> {
    return attempts.consumeWindow(subjectOf(id), 1, LIFETIME, this.clock.now());
  }

  /**
   * Whether the challenge is still open. A repeated answer must not be verified again, because a key with a counter
   * would look copied.
   */
  async isOpen({ id }: PasswordlessChallenge): Promise<boolean> {
    const [row] = await this.stores.attempts.read([subjectOf(id)]);
    return !row || row.windowEnds <= this.clock.now();
  }

  /** Whether this person may sign in without a password. */
  includes(account: Account): boolean {
    return this.policy.allowsPasswordless(account);
  }

  /** Null for text that was not sealed by this module for this purpose. */
  private said(id: string, sealed: string): FactorData | null {
    try {
      return this.secretStorage.openToken({ id, accountId: NOBODY, sealed });
    } catch (error) {
      if (error instanceof DamagedFactor) return null;
      throw error;
    }
  }
}

function subjectOf(id: string): string {
  return `invitation:${id}`;
}
