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

/** How long whoever is invited may take: 5 minutes. */
const LIFETIME = 5 * 60_000;
/** It is nobody's yet. */
const NOBODY = '';

/** A question to whoever is there, in place of password and factor. */
export interface PasswordlessChallenge {
  readonly id: string;
  readonly kind: PrimaryKind;
  readonly challengeState: FactorData;
}

/** An invitation as it is sent out; `ticket` comes back with the answer. */
export interface IssuedPasswordlessChallenge {
  readonly show: View;
  readonly json: View;
  readonly ticket: string;
  /** UTC ms */
  readonly expiresAt: number;
}

/**
 * Invitations to sign in without a password. They are kept by the browser, sealed, so that strangers fill no table of ours; one row
 * is written when one has been answered rightly, so that none is answered twice, on whatever node.
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

  /** The kind that may be asked without a password; undefined: none, or policy is against it. */
  get kind(): PrimaryKind | undefined {
    if (!this.policy.invites) return undefined;
    return this.registry.primaryKinds().find(({ behaviour }) => behaviour.passwordless);
  }

  /** A new one; null where nobody is invited. */
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

  /** What a ticket is good for; null: nothing, or not any more. */
  find(ticket: string): PasswordlessChallenge | null {
    const [id = '', ...rest] = ticket.split('.');
    const { kind } = this;
    const said = this.said(id, rest.join('.'));
    if (!kind || said?.['kind'] !== kind.definition.kind) return null;
    if (Number(said['expiresAt']) <= this.clock.now()) return null;
    return { id, kind, challengeState: said['challengeState'] as FactorData };
  }

  /** Uses one up, in the unit that accepts its answer; false: it was before. */
  consume({ attempts }: Stores, { id }: PasswordlessChallenge): Promise<boolean> {
    return attempts.consumeWindow(subjectOf(id), 1, LIFETIME, this.clock.now());
  }

  /** Is it still unanswered? An answer that comes again must not be looked at again: a key that counts would seem copied. */
  async isOpen({ id }: PasswordlessChallenge): Promise<boolean> {
    const [row] = await this.stores.attempts.read([subjectOf(id)]);
    return !row || row.windowEnds <= this.clock.now();
  }

  /** May this person sign in so? */
  includes(account: Account): boolean {
    return this.policy.allowsPasswordless(account);
  }

  /** Whatever was not sealed by us for this says nothing. */
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
