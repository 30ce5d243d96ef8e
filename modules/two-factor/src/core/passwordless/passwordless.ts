import { Injectable } from '@nestjs/common';
import type { Account } from '../common/account.js';
import type { Proof } from '../contracts/factor.js';
import { PasswordlessChallenges, type PasswordlessChallenge } from './passwordless-challenges.js';
import { proofText } from '../contracts/proof-filter.js';
import type { Origin } from '../common/origin.js';
import { AccountDirectory } from '../contracts/ports/account-directory.js';
import type { ProvedLogin } from '../contracts/ports/login-session.js';
import { VerificationService, type VerificationResult } from '../verification/verification-service.js';
import { AccountStateReader, type AccountState } from '../accounts/account-state.js';
import { AnonymousFailures } from './anonymous-failures.js';

/** Whose answer it says it is, and how the account stands. */
interface PasswordlessSubject {
  readonly account: Account;
  readonly accountState: AccountState;
}

/** Who answered, and from where; of nobody, an address. */
export type OriginOf = (account: Account | null) => Origin;

/** What became of the answer to an invitation. Only `passed` may be signed in. */
export type SignIn =
  ({ readonly status: 'passed' } & ProvedLogin) | Exclude<VerificationResult, { status: 'passed' }>;

/**
 * A sign-in by a factor that counts as both: something one has, which has verified its user (NIST 800-63B-4 §3.1.6, multi-factor
 * authenticators). Whom it names is looked up, and only that account's factors are asked.
 */
@Injectable()
export class Passwordless {
  constructor(
    private readonly passwordlessChallenges: PasswordlessChallenges,
    private readonly accounts: AccountDirectory,
    private readonly accountStateReader: AccountStateReader,
    private readonly verificationService: VerificationService,
    private readonly anonymousFailures: AnonymousFailures,
  ) {}

  async answer(ticket: string, proof: Proof, originOf: OriginOf): Promise<SignIn> {
    const invitation = this.passwordlessChallenges.find(ticket);
    if (!invitation) return { status: 'void' };
    const { definition, behaviour, own } = invitation.kind;
    if (!definition.matches(proofText(own(proof)))) return { status: 'malformed' };
    // The invitation of another tab took its place in this browser: nobody is looked up, and nothing is counted.
    if (behaviour.prompted?.answers(own(proof), invitation.challengeState) === false)
      return { status: 'stale', kind: definition.kind };
    const guest = await this.guest(invitation, proof);
    if (!guest) return this.anonymousFailures.refuse(definition.kind, originOf(null));
    return this.prove(invitation, guest, proof, originOf(guest.account));
  }

  /** Nobody with a damaged set: what a stranger sends must not raise an alarm each time. */
  private async guest({ kind }: PasswordlessChallenge, proof: Proof): Promise<PasswordlessSubject | null> {
    const id = kind.behaviour.passwordless?.ownerOf(kind.own(proof));
    const account = id ? await this.accounts.find(id) : null;
    if (!account || account.id !== id || !this.passwordlessChallenges.includes(account)) return null;
    const accountState = await this.accountStateReader.load(id);
    return !accountState.damaged && hasOne(accountState, kind.definition.kind)
      ? { account, accountState }
      : null;
  }

  private async prove(
    invitation: PasswordlessChallenge,
    { account, accountState }: PasswordlessSubject,
    proof: Proof,
    origin: Origin,
  ): Promise<SignIn> {
    const { kind, challengeState } = invitation;
    const place = { accountId: account.id, ip: origin.ip, key: null };
    const isOpen = () => this.passwordlessChallenges.isOpen(invitation);
    const question = {
      account,
      accountState,
      asked: kind.definition.kind,
      proof,
      challengeState,
      isOpen,
      place,
      origin,
    };
    const answer = await this.verificationService.verify(question, async (stores, emit, accepted) => {
      if (!(await this.passwordlessChallenges.consume(stores, invitation))) return false;
      emit('two-factor.challenge.passed', { kind: accepted.kind });
      return true;
    });
    if (answer.status === 'passed') return { status: 'passed', account, version: accountState.set.version };
    if (answer.status === 'refused') await this.anonymousFailures.emit(account.id, answer, origin);
    return answer;
  }
}

function hasOne({ factors }: AccountState, wanted: string): boolean {
  return factors.some(({ kind }) => kind === wanted);
}
