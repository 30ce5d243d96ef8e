import type { Type } from '../common/type.js';
import type { Account } from '../common/account.js';
import type { Clock } from './ports/clock.js';
import type { CodeChannel } from './ports/code-channel.js';

/** As much of an account as its factors see. */
export type FactorAccount = Omit<Account, 'stamp'>;

/** What a factor keeps about itself; sealed at rest. Plain JSON. */
export type FactorData = Readonly<Record<string, unknown>>;

/** What a page or a JSON answer shows. Plain JSON; never an entity. */
export type View = Readonly<Record<string, unknown>>;

/** A stored factor with its data opened. */
export interface FactorRecord {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly data: FactorData;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** What a person sent as proof: the fields of the kind's own form, and no other field of the request. */
export interface Proof {
  readonly code?: string;
  readonly response?: string;
}

/**
 * What a person sent to start a set-up: the fields of the kind's own set-up form, and no other field of the request. Empty for kinds
 * without such a form.
 */
export type SetUpInput = Readonly<Record<string, unknown>>;

/**
 * Why an answer is not taken. `used` is a right code that was accepted before; it is refused and costs nothing. `copied` is a right
 * answer by a factor that seems to exist twice: it costs what a wrong one costs, and its owner is mailed.
 */
export type Refused = 'wrong' | 'used' | 'copied' | 'malformed';

/** What a verifier says. A wrong answer is a value, never an exception. */
export type Verdict =
  | { readonly ok: true; readonly data?: FactorData }
  | { readonly ok: false; readonly reason: Refused; readonly hint?: View };

/** What enrolment's proof says: the data of the new factor, or why not. `used`: it answers another draft, and costs no try. */
export type Enrolled =
  | { readonly ok: true; readonly data: FactorData }
  | { readonly ok: false; readonly reason: 'wrong' | 'used' | 'malformed'; readonly hint?: View };

/** A question: what its page shows, what programs get, and what is needed again for the answer. */
export interface Prompt {
  readonly show: View;
  readonly json?: View;
  readonly memo?: FactorData;
}

/**
 * For kinds whose `prompt` makes a `memo`, a challenge, without which no answer is right. The core keeps it for 5 minutes and
 * hands it to `verify` once. Only the newest question of a place can be answered.
 */
export interface Prompted {
  /**
   * Does this answer belong to that question? It says nothing of whether the answer is right. False costs nothing, so it must tell
   * nothing that a guesser could use: compare only what the question itself made public.
   */
  answers(proof: Proof, memo: FactorData): boolean;
  /** The same question again, for a page that is shown a second time. */
  again(account: FactorAccount, records: readonly FactorRecord[], memo: FactorData): Promise<Prompt>;
}

/** What every kind can do: put its question, and judge the answer. */
interface Provable {
  /** What the challenge page and its JSON show; `memo` comes back to `verify`. Called on a GET, so it never sends anything. */
  prompt(account: FactorAccount, records: readonly FactorRecord[]): Promise<Prompt>;
  /** Judges one answer against one record. Touches no database. `data` is what the record becomes. */
  verify(record: FactorRecord, proof: Proof, memo?: FactorData): Promise<Verdict>;
  /** Where `prompt` makes a `memo`. */
  readonly prompted?: Prompted;
}

/** For kinds that say themselves whose they are: a question to whoever is there, in place of the password and the factor. */
export interface Passwordless {
  /** Like `prompt`, of nobody's account yet. Its `memo` asks `verify` for all that both factors together would have shown. */
  invite(): Promise<Prompt & { readonly memo: FactorData }>;
  /** The account whose answer this says it is, not proved yet; null: it names none. */
  ownerOf(proof: Proof): string | null;
}

/** A question that reaches its owner by a channel, apart from the page: made and sent on a POST, within limits, for one place. */
export interface Delivery {
  /** What carries it: `FactorTools.mail`, or a channel that the factor brings. */
  readonly channel: CodeChannel;
  /** How long it may be answered, in ms; it should not outlive the place where it was asked for. */
  readonly lives: number;
  /** How many answers are judged by it. */
  readonly tries: number;
  /** A new question: what judges its answer, kept sealed. `records` are what the account has of this kind. */
  make(records: readonly FactorRecord[]): FactorData;
  /** The message that carries it, made of what `make` or `beginEnrolment` gave: a template of the channel, and what it says. */
  letter(memo: FactorData): { readonly template: string; readonly model: View };
}

/** A factor people prove at every sign-in: its enrolment needs a proof from the *new* factor. */
export interface PrimaryBehaviour extends Provable {
  /**
   * Makes a draft, kept sealed until confirmed; `records` are what the account has of this kind, `input` what the set-up form brought,
   * validated.
   */
  beginEnrolment(
    account: FactorAccount,
    records: readonly FactorRecord[],
    input: SetUpInput,
  ): Promise<FactorData>;
  /** What the set-up page and its JSON show of a draft; the same on every reload. */
  showDraft(account: FactorAccount, draft: FactorData): Promise<{ readonly page: View; readonly json: View }>;
  finishEnrolment(draft: FactorData, proof: Proof): Promise<Enrolled>;
  /** What the Security page and its JSON tell of a factor beside its name and times; never a secret. */
  facts?(data: FactorData): View;
  /** Where such a factor can sign in by itself. */
  readonly passwordless?: Passwordless;
  /** Where its question goes by a channel. What `prompt` shows is then beside it, and without a memo. */
  readonly delivery?: Delivery;
}

/** A factor for the day the primary one is lost: handed out, used up, never enough alone. */
export interface RecoveryBehaviour extends Provable {
  /** Makes a new set: `data` is stored, `json` is shown once and forgotten. */
  issue(
    account: FactorAccount,
  ): Promise<{ readonly data: FactorData; readonly codes: readonly string[]; readonly json: View }>;
  /** How many proofs are left, and of how many. */
  left(data: FactorData): { readonly left: number; readonly of: number };
  /** The JSON member that carries the number left, e.g. `backupCodesLeft`. */
  readonly leftField: string;
}

/** What a factor may ask for when it is made. */
export interface FactorTools {
  readonly clock: Clock;
  /** The provider's name, as authenticator apps and pages show it. */
  readonly issuer: string;
  /** The origins that count as this site, e.g. `https://portal.example`; empty where the host named none. */
  readonly origins: readonly string[];
  /** `strict` narrows what is accepted (NIST 800-63B-4, ASVS 5.0 level 3). */
  readonly strict: boolean;
  /** The host's mail as a channel for codes; its `fault` says so where the host has no mailer. */
  readonly mail: CodeChannel;
}

/** What every kind says of itself, before it is made. */
interface Card {
  /** Stable name: part of addresses, events, stored rows and template paths. */
  readonly kind: string;
  /** May an account have several of this kind? */
  readonly many: boolean;
  /** How many, where it may have several. Default: 5. */
  readonly most?: number;
  /** Short enough to be guessed: misses count on the account and can shut the kind (NIST 800-63B-4 §3.2.2). */
  readonly guessable: boolean;
  /** Not good enough for staff, who can neither set it up nor answer with it. Default: `false`. */
  readonly customersOnly?: boolean;
  /** Falls short of `strict`, under which nobody can set it up or answer with it. Default: `false`. */
  readonly lax?: boolean;
  /**
   * Does this text look like an answer of this kind? Lets the challenge recognise a code typed into the field of
   * another kind. Whatever it takes, `verify` never calls `malformed`.
   */
  reads(text: string): boolean;
  /** A class-validator form of the proof's fields: `code`, `response` or both. A factor gets those fields alone. */
  readonly form: Type<Proof>;
  /** Folders the kind brings, beside the module's own; absolute paths. */
  readonly templates?: string;
  readonly messages?: string;
}

/** A kind that people prove at every sign-in. */
export interface PrimaryFactor extends Card {
  readonly role: 'primary';
  /**
   * A class-validator form of what a set-up needs to know before it starts, e.g. a phone number; `beginEnrolment` gets it. The page that
   * starts the set-up shows the view `<kind>/start` with `values` and `errors` by field; the text of an error is the message
   * `<kind>.error.<field>`. Default: none.
   */
  readonly setUpForm?: Type;
  /** How long a set-up may take, in ms. Default: 15 minutes. */
  readonly draftLives?: number;
  create(tools: FactorTools): PrimaryBehaviour;
}

/** A kind for the day the primary one is lost. */
export interface RecoveryFactor extends Card {
  readonly role: 'recovery';
  create(tools: FactorTools): RecoveryBehaviour;
}

/** A way to prove it is you: a plain object, no decorator, listed in `factors: […]`. */
export type Factor = PrimaryFactor | RecoveryFactor;
