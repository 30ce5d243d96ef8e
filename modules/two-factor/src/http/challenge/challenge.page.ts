import { Injectable } from '@nestjs/common';
import { CodeDelivery, type PosedChallenge, type Sending } from '../../core/challenges/code-delivery.js';
import { maskedEmail } from '../../core/common/masked-email.js';
import type { Problem } from '../../core/common/errors.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import type { ActivePendingLogin } from '../../core/login/pending-logins.js';
import { Policy } from '../../core/login/policy.js';
import { ChallengeStates } from '../../core/challenges/challenge-states.js';
import { Routes } from '../response/routes.js';
import type { Reply } from '../response/reply.js';

/** The challenge page, and the part that the confirm page shares: the question of one kind, and links to the others. */
@Injectable()
export class ChallengePage {
  constructor(
    private readonly challengeStates: ChallengeStates,
    private readonly registry: FactorRegistry,
    private readonly routes: Routes,
    private readonly policy: Policy,
    private readonly codeDelivery: CodeDelivery,
  ) {}

  /** After a refusal, an open question is kept and no new one is created. A JSON client gets only the problem. */
  async render(pending: ActivePendingLogin, asked?: string, again: ChallengeRetry = {}): Promise<Reply> {
    const { problem } = again;
    if (!problem) return this.shown(pending, asked, again);
    return { page: async () => (await this.shown(pending, asked, again)).page, json: problem };
  }

  private async shown(
    pending: ActivePendingLogin,
    asked: string | undefined,
    { problem, trust, late }: ChallengeRetry,
  ) {
    const question = await this.question(posedTo(pending), asked, problem !== undefined);
    if (!question.kind) return this.nothingLeft(pending);
    const others = question.others.map((kind) => ({ kind, href: this.routes.challenge(kind) }));
    const model = {
      ...question,
      sending: withButton(question.sending, this.routes.resend(), late),
      others,
      error: problem?.message,
      trust: this.registry.primary(question.kind) && this.policy.trustDays(pending.account),
      trusts: trust,
      account: maskedEmail(pending.account.email),
      action: this.routes.challenge(),
      cancel: this.routes.cancel(),
      recovery: this.routes.recovery(),
    };
    const json = {
      status: 'challenge',
      challenge: { id: pending.ref.id, kinds: question.kinds, expiresAt: iso(pending) },
      question: Object.assign({}, question.json, { kind: question.kind }),
    };
    return { page: { view: 'challenge/answer', model }, json: late ?? json };
  }

  /** No factor can be used by this account, for example after a change of role. It cannot sign in; the page leads to help. */
  private nothingLeft(pending: ActivePendingLogin) {
    const challenge = { id: pending.ref.id, kinds: [], expiresAt: iso(pending) };
    const model = {
      challenge: this.routes.challenge(),
      cancel: this.routes.cancel(),
      more: this.routes.recovery(),
    };
    return { page: { view: 'recovery/help', model }, json: { status: 'challenge', challenge } };
  }

  /**
   * The question for an account: of the requested kind if the account has it, else of the last used kind. `isAgain`: the open
   * question.
   */
  async question(posed: PosedChallenge, asked: string | undefined, isAgain: boolean) {
    const { account, accountState, place } = posed;
    const kinds = this.kinds(posed);
    const kind = this.kindOf(posed, asked);
    const { show, json } = await this.challengeStates[isAgain ? 'poseAgain' : 'pose'](
      kind,
      account,
      accountState,
      place,
    );
    const sending = await this.sending(kind, posed);
    return {
      ...{ kind, kinds, show, json: { ...json, ...sendingJson(sending) } },
      ...{ sending, view: kind && `${kind}/challenge`, others: kinds.filter((each) => each !== kind) },
    };
  }

  /** For a question that is sent: its destination and state; undefined for other kinds. */
  async sending(kind: string, posed: PosedChallenge): Promise<Sending | undefined> {
    return (await this.codeDelivery.state(kind, posed)) ?? undefined;
  }

  /** The requested kind if the account has it, else the last used one; empty: there is none. */
  kindOf(whose: Whose, asked?: string): string {
    const kinds = this.kinds(whose);
    return kinds.find((each) => each === asked) ?? kinds[0] ?? '';
  }

  /** The requested kind, else the account's first kind that sends codes; empty where there is none. */
  sentKindOf(whose: Whose, asked?: string): string {
    if (asked !== undefined) return asked;
    return this.kinds(whose).find((kind) => this.registry.primary(kind)?.behaviour.delivery) ?? '';
  }

  /** The account's kinds that can be used during a wait after wrong codes. */
  neverWaiting(whose: Whose): string[] {
    return this.kinds(whose).filter((kind) => this.registry.find(kind)?.definition.guessable === false);
  }

  /**
   * The account's kinds that its owner can answer with. A code that staff handed out comes first, because its owner is on
   * the phone with it. Primary kinds follow, the last used first.
   */
  kinds({ account, accountState }: Whose): string[] {
    const used = [...this.registry.usable(account, accountState.factors)]
      .sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))
      .map(({ kind }) => kind);
    const known = [...new Set(used)];
    const handedOut = accountState.oneTimeCode && this.registry.handedOut();
    return [
      ...(handedOut ? [handedOut.definition.kind] : []),
      ...known.filter((kind) => this.registry.primary(kind)),
      ...known.filter((kind) => this.registry.recovery(kind)),
    ];
  }
}

/** The account that answers, and its state. */
export type Whose = Pick<PosedChallenge, 'account' | 'accountState'>;

/** The question for a pending login. */
export function posedTo({ account, accountState, key, ref }: ActivePendingLogin): PosedChallenge {
  return { account, accountState, place: { accountId: account.id, key, pending: ref } };
}

/** The delivery for a page: the address that requests another code, and why none was sent now. */
export function withButton(sending: Sending | undefined, action: string, late?: Problem) {
  return sending && { ...sending, action, error: late?.message };
}

/** The delivery for JSON clients; empty for other kinds. */
export function sendingJson(sending: Sending | undefined) {
  if (!sending) return {};
  const { to, expiresAt, nextAt } = sending;
  return { to, expiresAt: isoOrNull(expiresAt), nextAt: isoOrNull(nextAt) };
}

/** The values that the page shows again after a refused answer. */
interface ChallengeRetry {
  readonly problem?: Problem;
  readonly trust?: boolean | undefined;
  /** Why no other code was sent. */
  readonly late?: Problem;
}

function iso({ expiresAt }: ActivePendingLogin): string {
  return new Date(expiresAt).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
