import type { Account } from '../common/account.js';
import type { Clock } from './ports/clock.js';
import type { CodeChannel } from './ports/code-channel.js';
import type { RecoveryTexts } from './recovery-texts.js';

/** The part of an account that its factors see. */
export type FactorAccount = Omit<Account, 'stamp'>;

/** The stored data of a factor, encrypted at rest. Plain JSON. */
export type FactorData = Readonly<Record<string, unknown>>;

/** The model of a page or a JSON answer. Plain JSON; never an entity. */
export type View = Readonly<Record<string, unknown>>;

/** A stored factor with its data decrypted. */
export interface FactorRecord {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly data: FactorData;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** The proof that a person sent: the fields of the kind's own form, and no other field of the request. */
export interface Proof {
  readonly code?: string;
  readonly response?: string;
}

/** The input of a set-up form: the fields of the kind's own form and no others. Empty for kinds without such a form. */
export type SetUpInput = Readonly<Record<string, unknown>>;

/**
 * Why an answer is refused. `used` is a right code that was accepted before; it counts as no failure. `copied` is a
 * right answer by a factor that seems to exist twice. It counts as a failure, and the owner gets a mail.
 */
export type Refused = 'wrong' | 'used' | 'copied' | 'malformed';

/** The result of a verifier. A wrong answer is a value, never an exception. */
export type Verdict =
  | { readonly ok: true; readonly data?: FactorData }
  | { readonly ok: false; readonly reason: Refused; readonly hint?: View };

/** The data of the new factor, or the reason for the refusal. `used`: the proof belongs to another draft; it counts as no attempt. */
export type EnrollmentVerdict =
  | { readonly ok: true; readonly data: FactorData }
  | { readonly ok: false; readonly reason: 'wrong' | 'used' | 'malformed'; readonly hint?: View };

/** A challenge: the model of its page, its JSON, and the state to check the answer. */
export interface Prompt {
  readonly show: View;
  readonly json?: View;
  readonly challengeState?: FactorData;
}

/** For kinds that need a challenge state to check an answer. The core keeps it for 5 minutes and gives it to `verify` once. */
export interface Prompted {
  /** Returns whether this answer belongs to that challenge. It must compare only public parts, since a false result is free. */
  answers(proof: Proof, challengeState: FactorData): boolean;
  /** Returns the same challenge for a page that is shown a second time. */
  again(
    account: FactorAccount,
    records: readonly FactorRecord[],
    challengeState: FactorData,
  ): Promise<Prompt>;
}

/** The methods of every kind: pose a challenge, and verify the answer. */
interface Provable {
  /** Returns what the challenge page and its JSON show. It runs on a GET, so it never sends anything. */
  prompt(account: FactorAccount, records: readonly FactorRecord[]): Promise<Prompt>;
  /** Verifies one answer against one record, without the database. The verdict's `data` replaces the record's. */
  verify(record: FactorRecord, proof: Proof, challengeState?: FactorData): Promise<Verdict>;
  /** Given when `prompt` returns a `challengeState`. */
  readonly prompted?: Prompted;
}

/** For kinds that name the account themselves: a challenge in place of the password and the factor. */
export interface PasswordlessBehaviour {
  /** Like `prompt`, before the account is known. `verify` must then check what both factors together would have shown. */
  invite(): Promise<Prompt & { readonly challengeState: FactorData }>;
  /** Returns the id of the account that the answer names, unverified; null when it names none. */
  ownerOf(proof: Proof): string | null;
}

/** A code that a channel sends: it is created and sent on a POST, within limits, for one login or step-up. */
export interface Delivery {
  /** `FactorTools.mail`, or a channel that the factor brings. */
  readonly channel: CodeChannel;
  /** Lifetime of the code in ms; it should not outlive the pending login or step-up. */
  readonly ttlMs: number;
  /** Maximum number of answers that are compared with it. */
  readonly maxAttempts: number;
  /** Creates the challenge state, which is stored sealed. `records` are the account's factors of this kind. */
  make(records: readonly FactorRecord[]): FactorData;
  /** Returns the message: a template of the channel and its model, from the result of `make` or `beginEnrollment`. */
  message(challengeState: FactorData): { readonly template: string; readonly model: View };
}

/** A factor that every sign-in asks for. Its enrollment needs a proof from the *new* factor. */
export interface PrimaryBehaviour extends Provable {
  /** Creates a draft, stored sealed. `records` are the account's factors of this kind, `input` is the validated set-up form. */
  beginEnrollment(
    account: FactorAccount,
    records: readonly FactorRecord[],
    input: SetUpInput,
  ): Promise<FactorData>;
  /** Returns what the set-up page and its JSON show of a draft; the same on every reload. */
  showDraft(account: FactorAccount, draft: FactorData): Promise<{ readonly page: View; readonly json: View }>;
  finishEnrollment(draft: FactorData, proof: Proof): Promise<EnrollmentVerdict>;
  /** Returns further facts for the Security page and its JSON; never a secret. */
  describe?(data: FactorData): View;
  /** Returns what the Security page tells the browser of the owner, shown by the view `<kind>/signal`; never a secret. */
  signal?(account: FactorAccount, records: readonly FactorRecord[]): View;
  /** The answer is bound to this site: a false site cannot use it (NIST SP 800-63B-4 §3.2.5). Default: it is not. */
  readonly phishingResistant?: boolean;
  /** Why this kind cannot work on this site, as a sentence. The module then starts only if the kind is disabled. */
  readonly fault?: string | undefined;
  /** Given when such a factor can sign in without a password. */
  readonly passwordless?: PasswordlessBehaviour;
  /** Given when a channel sends the code. `prompt` then returns no `challengeState`. */
  readonly delivery?: Delivery;
}

/** A factor for the loss of the primary one: issued as a set, consumed one by one, never enough alone. */
export interface RecoveryBehaviour extends Provable {
  /** Creates a new set: `data` is stored, `codes` and `json` are shown to the owner. */
  issue(
    account: FactorAccount,
  ): Promise<{ readonly data: FactorData; readonly codes: readonly string[]; readonly json: View }>;
  /** Returns how many codes are left, and of how many. */
  left(data: FactorData): { readonly left: number; readonly of: number };
  /** The JSON member that carries the number left, e.g. `backupCodesLeft`. */
  readonly leftField: string;
}

/** The tools that a factor gets at its creation. */
export interface FactorTools {
  readonly clock: Clock;
  /** The provider's name, as authenticator apps and pages show it. */
  readonly issuer: string;
  /** The origins of this site, e.g. `https://portal.example`; empty where the host named none. */
  readonly origins: readonly string[];
  /** `strict` accepts less (NIST 800-63B-4, ASVS 5.0 level 3). */
  readonly strict: boolean;
  /** The cost of hashes of stored codes: scrypt's N (RFC 7914 §2). Default: 2^14. */
  readonly hashCost?: number;
  /** Writes a line for the operator to the log. */
  readonly warn?: (line: string) => void;
  /** The host's mail as a channel for codes. Where the host has no mailer, its `fault` says so. */
  readonly mail: CodeChannel;
}

/** The properties of a kind that are known before it is created. */
interface FactorDefinition {
  /** A stable name: part of routes, events, stored rows and template paths. */
  readonly kind: string;
  /** Whether an account may have several of this kind. */
  readonly multiple: boolean;
  /** The maximum for one account, where it may have several. Default: 5. */
  readonly max?: number;
  /** Short enough to guess: failures count for the account and can block the kind (NIST 800-63B-4 §3.2.2). */
  readonly guessable: boolean;
  /** False excludes staff. Default: true. */
  readonly allowStaff?: boolean;
  /** False excludes the kind where the host set `strict`. Default: true. */
  readonly allowedInStrict?: boolean;
  /** Whether this text, in the field of any kind, looks like an answer of this one. Then `verify` never returns `malformed`. */
  matches(text: string): boolean;
  /** A class-validator form of the proof's fields: `code`, `response` or both. A factor gets only those fields. */
  readonly form: new () => Proof;
  /** The absolute path of the kind's own templates. */
  readonly templates?: string;
  readonly messages?: string;
}

/** A kind that every sign-in asks for. */
export interface PrimaryFactor extends FactorDefinition {
  readonly role: 'primary';
  /**
   * A class-validator form of the input that a set-up needs before it starts, e.g. a phone number. `beginEnrollment` gets it. The
   * page shows the view `<kind>/start` with `values` and `errors` by field, whose texts are `<kind>.error.<field>`. Default: none.
   */
  readonly setUpForm?: new () => object;
  /** The time limit of a set-up, in ms. Default: 15 minutes. */
  readonly draftTtlMs?: number;
  create(tools: FactorTools): PrimaryBehaviour;
}

/** A kind for the loss of the primary factor. */
export interface RecoveryFactor extends FactorDefinition, RecoveryTexts {
  readonly role: 'recovery';
  /** Staff hand its codes out, each for one sign-in (NIST SP 800-63B-4 §4.2.1.2); no account has a set. Default: false. */
  readonly handedOut?: boolean;
  create(tools: FactorTools): RecoveryBehaviour;
}

/** A way to prove identity: a plain object without decorators, listed in `factors: […]`. */
export type Factor = PrimaryFactor | RecoveryFactor;
