import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { stampOf } from '../accounts/account-state.js';
import { DamagedFactor } from '../common/errors.js';
import { Clock } from '../contracts/ports/clock.js';
import { Stores } from '../contracts/stores/stores.js';
import type { Token } from '../contracts/stores/token.store.js';
import { SecretStorage } from '../encryption/secret-storage.js';
import { twoFactorLimits } from '../rate-limits/limits.js';
import { bindingOf, type TwoFactorAct } from './act.js';
import type { StepUpContext } from './step-up-tokens.js';

/** How long a confirmation waits for its proof, with what was posted. */
const LIFETIME = 10 * 60_000;
/** The longest request that is kept, in characters of JSON. Every database stores it, encrypted too. */
const LONGEST = 24_000;

const { limit: ofSession } = twoFactorLimits.confirmations;
const { limit: ofAccount } = twoFactorLimits['account-confirmations'];

/** A request as it was sent, without the host's hidden fields. */
export interface KeptRequest {
  readonly method: string;
  /** Path and query, from the root of the site. */
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The action that waits for a step-up, as the confirm page needs it. */
export interface WaitingAct {
  readonly name: string;
  readonly binding: string;
  readonly title: string;
  readonly page?: string | undefined;
}

/** A confirmation in progress: what waits for the proof, and whether the password was right already. */
export interface Confirmation {
  /** The action's name and the id of the row, for the client. */
  readonly id: string;
  readonly token: Token;
  /** Null: the confirmation names no action. */
  readonly act: WaitingAct | null;
  /** What is carried out after the proof; null where the client sends it again itself. */
  readonly request: KeptRequest | null;
  readonly passwordRight: boolean;
}

type Content = Pick<Confirmation, 'act' | 'request' | 'passwordRight'>;

/**
 * Confirmations in progress. What was posted is encrypted, and belongs to one account and session. A change of the
 * account voids it; a proof consumes it.
 */
@Injectable()
export class Confirmations {
  constructor(
    private readonly stores: Stores,
    private readonly secretStorage: SecretStorage,
    private readonly clock: Clock,
  ) {}

  /** Keeps an action that needs a step-up. A request that is too long is not kept. */
  async open(who: StepUpContext, act: TwoFactorAct, request: KeptRequest | null): Promise<Confirmation> {
    const { name, page } = act;
    const title = typeof act.title === 'string' ? act.title : await act.title();
    const isShort = request !== null && JSON.stringify(request).length <= LONGEST;
    const waiting = { name, title, page, binding: bindingOf(act) };
    const content = { act: waiting, request: isShort ? request : null, passwordRight: false };
    return (await this.reopened(who, content)) ?? this.insert(who, content);
  }

  /**
   * A page that is only read again has one confirmation. Otherwise other sites could open it often enough to push out what the
   * person posted.
   */
  private async reopened(
    { session, accountState }: StepUpContext,
    content: Content,
  ): Promise<Confirmation | null> {
    if (content.request?.method !== 'GET' || !content.act) return null;
    const { account, key } = session;
    const of = { purpose: 'confirm', accountId: account.id, key, subtype: content.act.name } as const;
    const token = await this.stores.tokens.newest(of, this.clock.now());
    if (token?.stamp !== stampOf(account, accountState.set)) return null;
    const before = this.contentOf(token);
    if (!isSamePage(before, content.act)) return null;
    const now = { ...content, passwordRight: before.passwordRight };
    const isKept = await this.stores.tokens.replace(token, this.sealed(token, now), this.clock.now());
    return isKept ? { ...now, id: idOf(token), token } : null;
  }

  /** Remembers a right password where no action is named. */
  openAfterPassword(who: StepUpContext): Promise<Confirmation> {
    return this.insert(who, { act: null, request: null, passwordRight: true });
  }

  /** Null when it is unknown, old, used, of another session or account, or void because the account has changed. */
  async find({ session, accountState }: StepUpContext, id: string): Promise<Confirmation | null> {
    const { account, key } = session;
    const ref = { id: id.slice(id.lastIndexOf(':') + 1), purpose: 'confirm', accountId: account.id } as const;
    const token = await this.stores.tokens.find(ref, this.clock.now());
    const isOurs = token?.key === key && token.stamp === stampOf(account, accountState.set);
    if (!token || !isOurs || idOf(token) !== id) return null;
    const content = this.contentOf(token);
    return content && { ...content, id, token };
  }

  /** A wrong code then does not ask for the password again. */
  async rememberPassword({ token, act, request }: Confirmation): Promise<void> {
    const content: Content = { act, request, passwordRight: true };
    await this.stores.tokens.replace(token, this.sealed(token, content), this.clock.now());
  }

  private async insert({ session, accountState }: StepUpContext, content: Content): Promise<Confirmation> {
    const { account, key } = session;
    await this.makeRoom(account.id, key);
    const now = this.clock.now();
    const token = this.sealed(
      {
        id: randomUUID(),
        purpose: 'confirm',
        accountId: account.id,
        key,
        subtype: content.act?.name ?? '',
        stamp: stampOf(account, accountState.set),
        sealed: null,
        misses: 0,
        createdAt: now,
        expiresAt: now + LIFETIME,
      },
      content,
    );
    await this.stores.tokens.insert(token);
    return { ...content, id: idOf(token), token };
  }

  /** The oldest confirmations of the session end, and those of an account with very many sessions. */
  private async makeRoom(accountId: string, key: string): Promise<void> {
    const now = this.clock.now();
    const open = await this.stores.tokens.list({ purpose: 'confirm', accountId }, now);
    const own = open.filter((token) => token.key === key);
    const tooOld = [...own.slice(ofSession - 1), ...open.slice(ofAccount - 1)];
    for (const old of tooOld) await this.stores.tokens.consume(old, now);
  }

  private sealed(token: Token, { act, request, passwordRight }: Content): Token {
    const sealed = this.secretStorage.sealToken({ act, request, passwordRight }, token);
    return { ...token, sealed };
  }

  /** Damaged or edited rows are no confirmations. */
  private contentOf(token: Token): Content | null {
    try {
      return this.secretStorage.openToken(token) as unknown as Content;
    } catch (error) {
      if (error instanceof DamagedFactor) return null;
      throw error;
    }
  }
}

/** Whether a confirmation waits for the same page. */
function isSamePage(before: Content | null, { binding }: WaitingAct): before is Content {
  return before?.request?.method === 'GET' && before.act?.binding === binding;
}

function idOf({ subtype, id }: Token): string {
  return `${subtype}:${id}`;
}
