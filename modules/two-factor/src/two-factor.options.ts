import type { Factor } from './core/contracts/factor.js';
import type { PasswordlessPolicy, Requirement } from './core/login/policy.js';
import { recoveryFaults } from './core/recovery-cases/recovery-policy.js';
import type { SkipRule } from './core/login/skip-rule.js';
import { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { helpDeskCodeKind } from './factors/help-desk-code/help-desk-code.factor.js';
import { isProofForm, isSetUpForm } from './http/forms/fields-of.js';
import type { Help } from './http/response/responder.js';

/** What a provider decides. `docs/options.md` has the same list. */
export interface TwoFactorOptions {
  /** The provider's name, as authenticator apps show it, without a colon. */
  readonly issuer: string;
  /** Key ring `id:base64(32 bytes),id:…`: the first key encrypts, every key decrypts. Required, except where `encryption` is given. */
  readonly keys?: string;
  /** The factors that users may set up. Default: authenticator app and backup codes. */
  readonly factors?: readonly Factor[];
  /**
   * Kinds among `factors` that are no longer offered, e.g. `email-code`. They are neither set up nor asked for. Users who have
   * one stay protected and must use another factor of theirs. Default: none.
   */
  readonly disabled?: readonly string[];
  /** Who must have two-factor: `none`, `staff` or `everyone`. Default: `none`. */
  readonly require?: Requirement;
  /**
   * Who may sign in by a passkey alone, in place of password and second factor: `nobody`, `customers` or `everyone`. It needs a
   * kind that supports this, such as `webauthn()`. Default: `nobody`.
   */
  readonly passwordless?: PasswordlessPolicy;
  /** Skip rules: reasons not to ask customers for the second factor at a sign-in. Default: none. */
  readonly skips?: readonly SkipRule[];
  /** Disables features that deviate from NIST 800-63B-4: no step ahead, no clock hint at sign-in, no skip rules, no mailed codes. Default: `false`. */
  readonly strict?: boolean;
  /** Mail address and phone of the provider's support. Default: none. */
  readonly help?: Help;
  /** Origins that count as this site, e.g. `https://portal.example`. Default: the one the request names. */
  readonly origins?: readonly string[];
  /**
   * The address of this site as people type it, e.g. `https://portal.example`. Mails get their link “This wasn’t me” by it; without it
   * they have none. Default: `null`.
   */
  readonly publicUrl?: string | null;
  /**
   * The cost of new hashes of backup codes: scrypt's N (RFC 7914 §2), a power of two from 2^10 to 2^20. Less than the default
   * is for tests. Default: 2^14.
   */
  readonly hashCost?: number;
  /**
   * The hijack brake: how many hours dangerous actions wait after a reset, a recovery, a set-up by a recovery code, another e-mail address
   * or a lock-down: 24 to 168. 0: not at all. Default: 72.
   */
  readonly brakeHours?: number;
  /**
   * The recovery desk for people who lost all their factors: agents check who they are, and a wait runs. `false`: none, and the
   * page shows your contact. It needs pages for agents, on `TwoFactor.recovery`. `waitHours`: 24 to 168, default 72. `agents`
   * who must approve: 1 or 2, default 1. `checklist`: names of what they check. Default: `false`.
   */
  readonly recoveryDesk?:
    false | { readonly waitHours?: number; readonly agents?: number; readonly checklist?: readonly string[] };
  /** Names of hidden fields of the host's forms, which the host checks itself. Default: `_csrf`. */
  readonly formFields?: readonly string[];
}

/** The options as the module uses them: every default in its place. */
export type Settings = Required<TwoFactorOptions>;

/** Injection token of the settings. */
export const SETTINGS = Symbol('nestjs-two-factor:settings');

/** These options cannot be: the message has a sentence for each reason, and the application does not start. */
export class InvalidOptionsError extends Error {
  override readonly name = 'InvalidOptionsError';
}

/** The value of each option that a host leaves out. `keys` may be left out only where `encryption` is given. */
function defaults(): Omit<Settings, 'issuer'> {
  return {
    keys: '',
    factors: [totp(), backupCodes()],
    disabled: [],
    require: 'none',
    passwordless: 'nobody',
    skips: [],
    strict: false,
    help: {},
    origins: [],
    publicUrl: null,
    hashCost: 2 ** 14,
    brakeHours: 72,
    formFields: ['_csrf'],
    recoveryDesk: false,
  };
}

/** @throws InvalidOptionsError */
export function settingsOf(options: TwoFactorOptions): Settings {
  const settings: Settings = { ...defaults(), ...options };
  const faults = faultsOf(settings);
  if (faults.length > 0) throw new InvalidOptionsError(`nestjs-two-factor: ${faults.join(' ')}`);
  return settings;
}

const passwordlessPolicies = ['nobody', 'customers', 'everyone'];

function faultsOf(settings: Settings): string[] {
  const { issuer, factors, require, passwordless, origins, publicUrl } = settings;
  const checks: [boolean, string][] = [
    [!issuer.trim(), 'The issuer is empty: authenticator apps would show no name.'],
    [issuer.includes(':'), 'The issuer contains a colon, which authenticator apps treat as its end.'],
    [!['none', 'staff', 'everyone'].includes(require), 'require must be none, staff or everyone.'],
    [!passwordlessPolicies.includes(passwordless), 'passwordless must be nobody, customers or everyone.'],
    [
      !factors.some((factor) => factor.role === 'primary' && isOffered(factor, settings)),
      'No primary factor is offered: users could not turn two-factor on.',
    ],
    [
      require !== 'none' && !factors.some((factor) => canBeRequired(factor, settings)),
      'require includes staff, but no primary factor is offered to them.',
    ],
    [!isHashCost(settings.hashCost), 'hashCost must be a power of two from 2^10 to 2^20.'],
    [!isBrake(settings.brakeHours), 'brakeHours must be 0, or a whole number from 24 to 168.'],
    [
      [...origins, publicUrl ?? []].flat().some((origin) => !isOrigin(origin)),
      'An origin, like publicUrl, must have the form https://host[:port], without a path.',
    ],
  ];
  return [...found(checks), ...faultsOfKinds(settings), ...recoveryFaults(settings.recoveryDesk)];
}

function faultsOfKinds(settings: Settings): string[] {
  const { factors, disabled } = settings;
  const kinds = factors.map(({ kind }) => kind);
  return found([
    [disabled.some((kind) => !kinds.includes(kind)), 'A disabled kind is not among the factors.'],
    [new Set(kinds).size < kinds.length, 'Two factors have the same kind.'],
    [kinds.includes(helpDeskCodeKind), 'The kind help-desk-code belongs to the module.'],
    [
      kinds.some((kind) => !/^[a-z][a-z0-9-]{0,31}$/.test(kind)),
      'A kind must have 1 to 32 lower-case letters, digits or dashes.',
    ],
    [
      !factors.every(({ form }) => isProofForm(form)),
      "The form of a kind must have the fields code, response or both, with class-validator's decorators.",
    ],
    [
      factors.some((factor) => !hasFittingSetUp(factor, settings)),
      "The set-up form of a kind must have fields of its own, with class-validator's decorators, and none of the module's.",
    ],
  ]);
}

/** The sentences of the faults that there are. */
function found(checks: readonly [boolean, string][]): string[] {
  return checks.filter(([fault]) => fault).map(([, sentence]) => sentence);
}

function hasFittingSetUp(factor: Factor, { formFields }: Settings): boolean {
  if (factor.role === 'recovery' || !factor.setUpForm) return true;
  return isSetUpForm(factor.setUpForm, formFields);
}

function isOffered({ kind, allowedInStrict = true }: Factor, { disabled, strict }: Settings): boolean {
  return !disabled.includes(kind) && (allowedInStrict || !strict);
}

function canBeRequired(factor: Factor, settings: Settings): boolean {
  return factor.role === 'primary' && factor.allowStaff !== false && isOffered(factor, settings);
}

/** Above 2^20 a single hash needs more than 1 GiB. */
function isHashCost(cost: number): boolean {
  return Number.isInteger(Math.log2(cost)) && cost >= 2 ** 10 && cost <= 2 ** 20;
}

function isBrake(hours: number): boolean {
  return hours === 0 || (Number.isInteger(hours) && hours >= 24 && hours <= 168);
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
