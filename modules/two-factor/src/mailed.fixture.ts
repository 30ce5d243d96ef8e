import { randomBytes } from 'node:crypto';
import type { Held } from './core/login/held-logins.js';
import { House, type Furniture } from './core/fixtures/house.fixture.js';
import { Person } from './core/fixtures/person.fixture.js';
import type { Asking } from './core/challenges/questions.js';
import { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
import { emailCode } from './factors/email-code/email-code.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { KeyRing } from 'typeorm-unit-of-work/encryption';
import { KeyRingSecretBox } from './storage/encryption/key-ring.secret-box.js';

/** Mailed codes, an app and backup codes, over the rules and a real key ring. */
export function mailHouse(given: Furniture = {}): House {
  const factors = [emailCode({ passwordReset: 'never-by-mail' }), totp(), backupCodes({ count: 3 })];
  return new House({
    factors,
    box: new KeyRingSecretBox(new KeyRing({ id: 'k1', bytes: randomBytes(32) })),
    ...given,
  });
}

/** Somebody who reads their mail. */
export class Reader {
  private constructor(
    readonly person: Person,
    readonly codes: readonly string[],
  ) {}

  /** With mailed codes set up, and a minute later. */
  static async of(house: House): Promise<Reader> {
    const person = new Person(house);
    const kind = house.registry.primary('email-code')!;
    const who = { ...(await person.drafter()), reach: 'full' } as const;
    await house.enrolments.begin(who, kind, person.origin);
    const reader = new Reader(person, []);
    const given = { proof: { code: reader.code() }, label: 'Mail' };
    const outcome = await house.enrolments.confirm(await person.drafter(), kind, given, person.origin);
    if (outcome.status !== 'enabled') throw new Error('The set-up was refused.');
    house.clock.advance(60_000);
    return new Reader(person, outcome.issued[0]!.codes);
  }

  /** The code in the newest mail. */
  code(): string {
    const mails = this.mails();
    return String(mails.at(-1)?.model['code']);
  }

  mails() {
    const { house, account } = this.person;
    return house.letterbox.mails(account).filter(({ template }) => template === 'code');
  }

  /** Asks for a code, at a held login or to confirm. */
  async asks(held?: Held) {
    const { house, account, origin, key } = this.person;
    const place: Asking = { accountId: account.id, key: held?.key ?? key, held: held?.ref };
    const standing = await this.person.standing();
    return house.deliveries.send('email-code', { account, standing, place }, origin);
  }

  answers(held: Held, code: string) {
    return this.person.answers(held, code, 'email-code');
  }
}

/** Another code than this one. */
export function not(code: string): string {
  return String((Number(code.replace(' ', '')) + 1) % 100_000_000).padStart(8, '0');
}
