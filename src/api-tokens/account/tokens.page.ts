import { Injectable } from '@nestjs/common';
import type { Account } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import type { Answer } from '../../pages/pages.js';
import type { FormPage } from '../../portal/forms/form.js';
import { ActBrakes, type ShownWait, untilText } from '../../portal/fresh/act-brakes.js';
import { toIsoDates } from '../../portal/to-iso-dates.js';
import type { Approval } from '../approvals/approval.js';
import { TokenApprovals } from '../approvals/token-approvals.js';
import type { ApiTokenRow } from '../rows/api-token.entity.js';
import { ApiTokens, type MadeToken } from '../rows/api-tokens.js';
import { emptyForm, typedToken } from './token.form.js';

/** A token as its owner sees it. */
export interface ListedToken extends Pick<
  ApiTokenRow,
  'id' | 'name' | 'ending' | 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'lastUsedAddress'
> {
  readonly scopes: readonly string[];
  readonly expired: boolean;
  /** Made before the password, the e-mail address or the role was changed for the last time. */
  readonly beforeChange: boolean;
}

/** What the page lists. `wait`: no token can be made now. */
interface TokenFacts {
  readonly tokens: readonly ListedToken[];
  readonly approvals: readonly Approval[];
  readonly wait: ShownWait | null;
}

const view = 'api-tokens/tokens';

/** The page of an account's tokens. */
@Injectable()
export class TokensPage {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly approvals: TokenApprovals,
    private readonly brakes: ActBrakes,
    private readonly clock: Clock,
  ) {}

  /** `made`: the token that was just made; its value is shown in this answer alone. */
  async show(account: Account, done: string | null, made?: MadeToken): Promise<Answer> {
    const facts = await this.facts(account);
    const { tokens, wait } = facts;
    const json = { ...(wait && { possibleFrom: untilText(wait) }), tokens: tokens.map(tokenJson) };
    return { view, model: { ...facts, ...emptyForm, done, made }, json };
  }

  /** The page with the form again, and what was typed. */
  async again(account: Account): Promise<FormPage> {
    const facts = await this.facts(account);
    return (errors, body) => ({ view, model: { ...facts, ...typedToken(body), errors } });
  }

  private async facts(account: Account): Promise<TokenFacts> {
    const [rows, approvals] = [await this.tokens.list(account.id), await this.approvals.open(account.id)];
    const now = this.clock.now();
    const tokens = rows.map((row) => listed(row, account, now));
    return { tokens, approvals, wait: await this.brakes.shown(account.id) };
  }
}

/** A token for programs, with times as text. */
export function tokenJson(token: ListedToken): Record<string, unknown> {
  return toIsoDates(token);
}

/** The row as its owner sees it. */
export function listed(row: ApiTokenRow, account: Account, now: number): ListedToken {
  const { id, name, ending, createdAt, expiresAt, lastUsedAt, lastUsedAddress } = row;
  const facts = { id, name, ending, createdAt, expiresAt, lastUsedAt, lastUsedAddress };
  const [scopes, expired] = [row.scopes.split(' '), expiresAt <= now];
  return { ...facts, scopes, expired, beforeChange: row.stamp !== account.stamp };
}
