import { someMail } from '../../core/fixtures/ports.fixture.js';
import { generate } from 'otplib';

import type { Account } from '../../core/common/account.js';
import type {
  EnrollmentVerdict,
  FactorData,
  FactorRecord,
  PrimaryBehaviour,
  Verdict,
} from '../../core/contracts/factor.js';

import { totp } from './totp.factor.js';
import type { TotpOptions } from './totp.options.js';

export const minute = 60_000;
export const step = 30_000;

/** A person with an authenticator app, and the portal's stored data; the tests move the clock. */
export class Phone {
  now = Date.UTC(2030, 0, 1, 12);
  private readonly app;
  private draft: FactorData = {};
  data: FactorData = {};

  constructor(
    readonly given: {
      readonly options?: Partial<TotpOptions>;
      readonly strict?: boolean;
      readonly issuer?: string;
    } = {},
  ) {
    const { options, strict = false, issuer = 'Example Hosting' } = given;
    const tools = { clock: { now: () => this.now }, issuer, origins: [], strict, mail: someMail };
    this.app = totp(options).create(tools);
  }

  /** A phone with a known secret, as if it had been enrolled long ago. */
  static with(secret: string, given: Phone['given'] = {}): Phone {
    const phone = new Phone(given);
    phone.draft = { secret };
    phone.data = { secret, lastStep: 0 };
    return phone;
  }

  /** Scans a new draft, without verification. */
  async scans(): Promise<void> {
    this.draft = await this.app.beginEnrollment(account('ann@example.com'), [], {});
  }

  async shows(email = 'ann@example.com'): ReturnType<PrimaryBehaviour['showDraft']> {
    return this.app.showDraft(account(email), this.draft);
  }

  /** The code that the app shows `away` milliseconds from now. */
  async code(away = 0): Promise<string> {
    const secret = String(this.draft['secret']);
    return generate({ secret, epoch: Math.floor((this.now + away) / 1000) });
  }

  async proves(code: string): Promise<EnrollmentVerdict> {
    const outcome = await this.app.finishEnrollment(this.draft, { code });
    if (outcome.ok) {
      this.data = outcome.data;
    }
    return outcome;
  }

  /** Sends a code at sign-in; the data of an accepted one is stored, as the core does. */
  async sends(code: string): Promise<Verdict> {
    const verdict = await this.app.verify(this.record(), { code });
    if (verdict.ok) {
      this.data = verdict.data ?? this.data;
    }
    return verdict;
  }

  private record(): FactorRecord {
    return { id: 'f1', kind: 'totp', label: 'Phone', data: this.data, createdAt: 0, lastUsedAt: null };
  }
}

function account(email: string): Account {
  return { id: '7', label: 'Ann', email, stamp: '1', staff: false };
}
