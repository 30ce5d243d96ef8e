import { randomBytes } from 'node:crypto';
import type { ActivePendingLogin } from './core/login/pending-logins.js';
import { TestHost, type TestHostOptions } from './core/fixtures/test-host.fixture.js';
import { Person } from './core/fixtures/person.fixture.js';
import type { ChallengeContext } from './core/challenges/challenge-states.js';
import { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
import { emailCode } from './factors/email-code/email-code.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { KeyRing } from 'typeorm-unit-of-work/encryption';
import { KeyRingSecretBox } from './storage/encryption/key-ring.secret-box.js';

/** Mailed codes, an app and backup codes, over the rules and a real key ring. */
export function mailHouse(given: TestHostOptions = {}): TestHost {
  const factors = [emailCode({ passwordReset: 'never-by-mail' }), totp(), backupCodes({ count: 3 })];
  return new TestHost({
    ...{ factors, box: new KeyRingSecretBox(new KeyRing({ id: 'k1', bytes: randomBytes(32) })) },
    ...given,
  });
}

/** A person with a mailbox. */
export class Reader {
  private constructor(
    readonly person: Person,
    readonly codes: readonly string[],
  ) {}

  /** With mailed codes set up, and a minute later. */
  static async of(testHost: TestHost): Promise<Reader> {
    const person = new Person(testHost);
    const kind = testHost.registry.primary('email-code')!;
    const who = { ...(await person.drafter()), scope: 'full' } as const;
    await testHost.enrollment.begin(who, kind, person.origin);
    const reader = new Reader(person, []);
    const given = { proof: { code: reader.code() }, label: 'Mail' };
    const outcome = await testHost.enrollment.confirm(await person.drafter(), kind, given, person.origin);
    if (outcome.status !== 'enabled') throw new Error('The set-up was refused.');
    testHost.clock.advance(60_000);
    return new Reader(person, outcome.issued[0]!.codes);
  }

  /** The code in the newest mail. */
  code(): string {
    const mails = this.mails();
    return String(mails.at(-1)?.model['code']);
  }

  mails() {
    const { testHost, account } = this.person;
    return testHost.letterbox.mails(account).filter(({ template }) => template === 'code');
  }

  /** Requests a code, at a pending login or a step-up. */
  async asks(pending?: ActivePendingLogin) {
    const { testHost, account, origin, key } = this.person;
    const place: ChallengeContext = {
      accountId: account.id,
      key: pending?.key ?? key,
      pending: pending?.ref,
    };
    const accountState = await this.person.accountState();
    return testHost.codeDelivery.send('email-code', { account, accountState, place }, origin);
  }

  answers(pending: ActivePendingLogin, code: string) {
    return this.person.answers(pending, code, 'email-code');
  }
}

/** Another code than this one. */
export function not(code: string): string {
  return String((Number(code.replace(' ', '')) + 1) % 100_000_000).padStart(8, '0');
}
