import { Injectable } from '@nestjs/common';
import type { Account } from '../core/account.js';
import type { Problem } from '../core/errors.js';
import { FactorRegistry } from '../core/factor-registry.js';
import type { Held } from '../core/held-logins.js';
import { Policy } from '../core/policy.js';
import { Questions, type Asking } from '../core/questions.js';
import type { Standing } from '../core/standing.js';
import { Addresses } from './addresses.js';
import type { Reply } from './reply.js';

/** The challenge page, and the part of it that the confirm page shares: one kind's question, links to the others. */
@Injectable()
export class ChallengePage {
  constructor(
    private readonly questions: Questions,
    private readonly registry: FactorRegistry,
    private readonly addresses: Addresses,
    private readonly policy: Policy,
  ) {}

  async of(held: Held, asked?: string, { problem, trust }: Again = {}): Promise<Reply> {
    const { account, key, ref } = held;
    const asking = { accountId: account.id, key, held: ref };
    const question = await this.question(account, held.standing, asking, asked);
    const others = question.others.map((kind) => ({ kind, href: this.addresses.challenge(kind) }));
    const model = {
      ...question,
      others,
      error: problem?.message,
      trust: this.registry.primary(question.kind) && this.policy.trustedFor(held.account),
      trusts: trust,
      account: masked(held.account.email),
      action: this.addresses.challenge(),
      cancel: this.addresses.cancel(),
      recovery: this.addresses.recovery(),
    };
    const json = {
      status: 'challenge',
      challenge: { id: held.ref.id, kinds: question.kinds, expiresAt: iso(held) },
      question: { kind: question.kind, ...question.json },
    };
    return { page: { view: 'challenge/answer', model }, json: problem ?? json };
  }

  /** What is asked of an account: the kind wanted if it is set up, else the one used last. */
  async question(account: Account, standing: Standing, asking: Asking, asked?: string) {
    const kinds = this.kinds(standing);
    const kind = this.kindOf(standing, asked);
    const { show, json } = await this.questions.ask(kind, account, standing, asking);
    return {
      kind,
      kinds,
      show,
      json,
      view: `${kind}/challenge`,
      others: kinds.filter((each) => each !== kind),
    };
  }

  /** The kind wanted where it is set up, else the one used last. */
  kindOf(standing: Standing, asked?: string): string {
    const kinds = this.kinds(standing);
    return kinds.find((each) => each === asked) ?? kinds[0] ?? '';
  }

  /** The kinds set up: primary ones first, each the last used first. */
  kinds({ factors }: Standing): string[] {
    const used = [...factors]
      .sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0))
      .map(({ kind }) => kind);
    const known = [...new Set(used)];
    return [
      ...known.filter((kind) => this.registry.primary(kind)),
      ...known.filter((kind) => this.registry.recovery(kind)),
    ];
  }
}

/** What the page shows again when the answer was not taken. */
interface Again {
  readonly problem?: Problem;
  readonly trust?: boolean | undefined;
}

function iso({ expiresAt }: Held): string {
  return new Date(expiresAt).toISOString();
}

/** Enough of an address for its owner to know it, too little for anybody else. */
export function masked(email: string): string {
  const [first = ''] = email;
  const at = email.lastIndexOf('@');
  return `${first}…${at < 0 ? '' : email.slice(at)}`;
}
