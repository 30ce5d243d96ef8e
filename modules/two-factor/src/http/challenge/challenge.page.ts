import { Injectable } from '@nestjs/common';
import { Deliveries, type Posed, type Sending } from '../../core/challenges/deliveries.js';
import { maskedEmail } from '../../core/common/masked-email.js';
import type { Problem } from '../../core/common/errors.js';
import { FactorRegistry } from '../../core/accounts/factor-registry.js';
import type { Held } from '../../core/login/held-logins.js';
import { Policy } from '../../core/login/policy.js';
import { Questions } from '../../core/challenges/questions.js';
import { Addresses } from '../response/addresses.js';
import type { Reply } from '../response/reply.js';

/** The challenge page, and the part of it that the confirm page shares: one kind's question, links to the others. */
@Injectable()
export class ChallengePage {
  constructor(
    private readonly questions: Questions,
    private readonly registry: FactorRegistry,
    private readonly addresses: Addresses,
    private readonly policy: Policy,
    private readonly deliveries: Deliveries,
  ) {}

  /** After a refusal nothing new is asked where a question can still be answered, and nothing at all of programs. */
  async of(held: Held, asked?: string, again: Again = {}): Promise<Reply> {
    const { problem } = again;
    if (!problem) return this.shown(held, asked, again);
    return { page: async () => (await this.shown(held, asked, again)).page, json: problem };
  }

  private async shown(held: Held, asked: string | undefined, { problem, trust, late }: Again) {
    const question = await this.question(posedTo(held), asked, problem !== undefined);
    if (!question.kind) return this.nothingLeft(held);
    const others = question.others.map((kind) => ({ kind, href: this.addresses.challenge(kind) }));
    const model = {
      ...question,
      sending: withButton(question.sending, this.addresses.resend(), late),
      others,
      error: problem?.message,
      trust: this.registry.primary(question.kind) && this.policy.trustedFor(held.account),
      trusts: trust,
      account: maskedEmail(held.account.email),
      action: this.addresses.challenge(),
      cancel: this.addresses.cancel(),
      recovery: this.addresses.recovery(),
    };
    const json = {
      status: 'challenge',
      challenge: { id: held.ref.id, kinds: question.kinds, expiresAt: iso(held) },
      question: { kind: question.kind, ...question.json },
    };
    return { page: { view: 'challenge/answer', model }, json: late ?? json };
  }

  /** No factor that serves this account, such as after a change of role: never in, and on to whoever can help. */
  private nothingLeft(held: Held) {
    const challenge = { id: held.ref.id, kinds: [], expiresAt: iso(held) };
    const model = { challenge: this.addresses.challenge(), cancel: this.addresses.cancel() };
    return { page: { view: 'recovery/help', model }, json: { status: 'challenge', challenge } };
  }

  /** What is asked of an account: the kind wanted if it is set up, else the one used last. `isAgain`: the question that is open there. */
  async question(posed: Posed, asked: string | undefined, isAgain: boolean) {
    const { account, standing, place } = posed;
    const kinds = this.kinds(posed);
    const kind = this.kindOf(posed, asked);
    const { show, json } = await this.questions[isAgain ? 'again' : 'ask'](kind, account, standing, place);
    const sending = await this.sending(kind, posed);
    return {
      ...{ kind, kinds, show, json: { ...json, ...sendingJson(sending) } },
      ...{ sending, view: kind && `${kind}/challenge`, others: kinds.filter((each) => each !== kind) },
    };
  }

  /** Where a question is sent: to whom, and how that stands; undefined for other kinds. */
  async sending(kind: string, posed: Posed): Promise<Sending | undefined> {
    return (await this.deliveries.state(kind, posed)) ?? undefined;
  }

  /** The kind wanted where it is set up, else the one used last; empty: there is none. */
  kindOf(whose: Whose, asked?: string): string {
    const kinds = this.kinds(whose);
    return kinds.find((each) => each === asked) ?? kinds[0] ?? '';
  }

  /** The kind wanted, else the first one set up whose question is sent; empty: there is none. */
  sentKindOf(whose: Whose, asked?: string): string {
    if (asked !== undefined) return asked;
    return this.kinds(whose).find((kind) => this.registry.primary(kind)?.act.delivery) ?? '';
  }

  /** The kinds set up that their owner can answer with: primary ones first, each the last used first. */
  kinds({ account, standing }: Whose): string[] {
    const used = [...this.registry.usable(account, standing.factors)]
      .sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))
      .map(({ kind }) => kind);
    const known = [...new Set(used)];
    return [
      ...known.filter((kind) => this.registry.primary(kind)),
      ...known.filter((kind) => this.registry.recovery(kind)),
    ];
  }
}

/** Whose factors are asked for. */
export type Whose = Pick<Posed, 'account' | 'standing'>;

/** The question as it is put to a held login. */
export function posedTo({ account, standing, key, ref }: Held): Posed {
  return { account, standing, place: { accountId: account.id, key, held: ref } };
}

/** The same on a page: where another one is asked for, and why none was sent just now. */
export function withButton(sending: Sending | undefined, action: string, late?: Problem) {
  return sending && { ...sending, action, error: late?.message };
}

/** The same for programs; nothing of other kinds. */
export function sendingJson(sending: Sending | undefined) {
  if (!sending) return {};
  const { to, expiresAt, nextAt } = sending;
  return { to, expiresAt: isoOrNull(expiresAt), nextAt: isoOrNull(nextAt) };
}

/** What the page shows again when the answer was not taken. */
interface Again {
  readonly problem?: Problem;
  readonly trust?: boolean | undefined;
  /** Why no other code was sent. */
  readonly late?: Problem;
}

function iso({ expiresAt }: Held): string {
  return new Date(expiresAt).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
