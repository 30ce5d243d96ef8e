import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import type { Proof } from '../contracts/factor.js';
import { Invitations, type Invitation } from './invitations.js';
import { proofText } from '../contracts/own-proof.js';
import type { Origin } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import type { ProvedLogin } from '../contracts/ports/login-session.js';
import { Prover, type Answer } from '../verification/prover.js';
import { Standings, type Standing } from '../accounts/standing.js';
import { Strangers } from './strangers.js';

/** Whose answer it says it is, and how the account stands. */
interface Guest {
  readonly account: Account;
  readonly standing: Standing;
}

/** Who answered, and from where; of nobody, an address. */
export type OriginOf = (account: Account | null) => Origin;

/** What became of the answer to an invitation. Only `passed` may be signed in. */
export type SignIn = ({ readonly status: 'passed' } & ProvedLogin) | Exclude<Answer, { status: 'passed' }>;

/**
 * A sign-in by a factor that counts as both: something one has, which has verified its user (NIST 800-63B-4 §3.1.6, multi-factor
 * authenticators). Whom it names is looked up, and only that account's factors are asked.
 */
@Injectable()
export class Passwordless {
  constructor(
    private readonly invitations: Invitations,
    private readonly accounts: AccountDirectory,
    private readonly standings: Standings,
    private readonly prover: Prover,
    private readonly strangers: Strangers,
  ) {}

  async answer(ticket: string, proof: Proof, originOf: OriginOf): Promise<SignIn> {
    const invitation = this.invitations.open(ticket);
    if (!invitation) return { status: 'void' };
    const { card, act, own } = invitation.kind;
    if (!card.reads(proofText(own(proof)))) return { status: 'malformed' };
    // The invitation of another tab took its place in this browser: nobody is looked up, and nothing is counted.
    if (act.prompted?.answers(own(proof), invitation.memo) === false)
      return { status: 'stale', kind: card.kind };
    const guest = await this.guest(invitation, proof);
    if (!guest) return this.strangers.refuse(card.kind, originOf(null));
    return this.prove(invitation, guest, proof, originOf(guest.account));
  }

  /** Nobody with a damaged set: what a stranger sends must not raise an alarm each time. */
  private async guest({ kind }: Invitation, proof: Proof): Promise<Guest | null> {
    const id = kind.act.passwordless?.ownerOf(kind.own(proof));
    const account = id ? await this.accounts.find(id) : null;
    if (!account || account.id !== id || !this.invitations.includes(account)) return null;
    const standing = await this.standings.of(id);
    return !standing.damaged && hasOne(standing, kind.card.kind) ? { account, standing } : null;
  }

  private async prove(
    invitation: Invitation,
    { account, standing }: Guest,
    proof: Proof,
    origin: Origin,
  ): Promise<SignIn> {
    const { kind, memo } = invitation;
    const place = { accountId: account.id, ip: origin.ip, key: null };
    const isOpen = () => this.invitations.isOpen(invitation);
    const question = { account, standing, asked: kind.card.kind, proof, memo, isOpen, place, origin };
    const answer = await this.prover.prove(question, async (stores, tell, accepted) => {
      if (!(await this.invitations.spend(stores, invitation))) return false;
      tell('two-factor.challenge.passed', { kind: accepted.kind });
      return true;
    });
    if (answer.status === 'passed') return { status: 'passed', account, version: standing.set.version };
    if (answer.status === 'refused') await this.strangers.tell(account.id, answer, origin);
    return answer;
  }
}

function hasOne({ factors }: Standing, wanted: string): boolean {
  return factors.some(({ kind }) => kind === wanted);
}
