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
import { FailureEvents } from '../verification/failure-events.js';

/** The account that the answer names, and its state. */
interface PasswordlessSubject {
  readonly account: Account;
  readonly accountState: AccountState;
}

/** Returns the origin for an account; null where the answer names none. */
export type OriginOf = (account: Account | null) => Origin;

/** The result of an answer. The host may sign in only after `passed`. */
export type SignIn =
  ({ readonly status: 'passed' } & ProvedLogin) | Exclude<VerificationResult, { status: 'passed' }>;

/**
 * Signs in by a factor that counts as both: a device that has verified its user (NIST 800-63B-4 §3.1.6, multi-factor
 * authenticators). Only the factors of the account that the answer names are verified.
 */
@Injectable()
export class Passwordless {
  constructor(
    private readonly passwordlessChallenges: PasswordlessChallenges,
    private readonly accounts: AccountDirectory,
    private readonly accountStateReader: AccountStateReader,
    private readonly verificationService: VerificationService,
    private readonly failureEvents: FailureEvents,
  ) {}

  async answer(ticket: string, proof: Proof, originOf: OriginOf): Promise<SignIn> {
    const invitation = this.passwordlessChallenges.find(ticket);
    if (!invitation) return { status: 'void' };
    const { definition, behaviour, own } = invitation.kind;
    if (!definition.matches(proofText(own(proof)))) return { status: 'malformed' };
    // The challenge of another tab replaced this one in the browser. No account is loaded, and the answer is not
    // counted.
    if (behaviour.prompted?.answers(own(proof), invitation.challengeState) === false)
      return { status: 'stale', kind: definition.kind };
    const guest = await this.guest(invitation, proof);
    if (!guest) return this.refuseUnknown(definition.kind, originOf(null));
    return this.prove(invitation, guest, proof, originOf(guest.account));
  }

  /** Null for damaged accounts too; otherwise any anonymous request could raise the alarm. */
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
      emit('two-factor.challenge.passed', accepted.named);
      return true;
    });
    if (answer.status === 'passed') return { status: 'passed', account, version: accountState.set.version };
    if (answer.status === 'refused')
      await this.failureEvents.record('challenge', { accountId: account.id, origin }, answer);
    return answer;
  }

  private async refuseUnknown(kind: string, origin: Origin): Promise<SignIn> {
    const answer = await this.verificationService.refuseUnknown(kind, origin.ip);
    if (answer.status === 'refused')
      await this.failureEvents.record('challenge', { accountId: null, origin }, answer);
    return answer;
  }
}

function hasOne({ factors }: AccountState, wanted: string): boolean {
  return factors.some(({ kind }) => kind === wanted);
}
