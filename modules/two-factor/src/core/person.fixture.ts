import { randomUUID } from 'node:crypto';
import type { Account } from './account.js';
import type { Enroller, Enrolment } from './enrolment.js';
import type { FactorData } from './factor.js';
import type { Held } from './held-logins.js';
import type { House } from './house.fixture.js';
import type { Numbers } from './kinds.fixture.js';
import type { Origin } from './origin.js';
import type { Outcome } from './challenge.js';
import type { Owner } from './removal.js';
import type { Confirmed } from './step-up.js';
import type { Confirmer } from './step-ups.js';

/** The password of everybody. */
const PASSWORD = 'a long enough password';

/** Somebody with an account, a browser that is signed in, and what they wrote down. */
export class Person {
  readonly id: string = randomUUID();
  /** The session key of their browser. */
  readonly key: string = randomUUID();
  /** What their app knows after the last set-up. */
  secret: FactorData = {};
  /** The recovery words they were given last. */
  words: readonly string[] = [];
  ip: string | null = '192.0.2.1';

  constructor(
    readonly house: House,
    staff = false,
  ) {
    const account = { id: this.id, label: 'Ann', email: `${this.id}@example.com`, stamp: '1', staff };
    house.directory.accounts.set(this.id, account);
    house.directory.passwords.set(this.id, PASSWORD);
  }

  /** Somebody who has set up their first factor, and waited until its code is another one. */
  static async protectedBy(house: House): Promise<Person> {
    const person = new Person(house);
    await person.enrols();
    house.clock.advance(60_000);
    return person;
  }

  get account(): Account {
    return this.house.directory.accounts.get(this.id)!;
  }

  get origin(): Origin {
    return { actor: { type: 'account', id: this.id }, ip: this.ip, userAgent: 'Firefox', requestId: null };
  }

  /** The host changes something that voids what was begun. */
  changes(): void {
    this.house.directory.accounts.set(this.id, { ...this.account, stamp: randomUUID() });
  }

  /** May not sign in any more. */
  isSuspended(): void {
    this.house.directory.accounts.delete(this.id);
  }

  /** The code their app shows, `steps` from now. */
  code(steps = 0, kind = this.house.numbers): string {
    return kind.code(this.secret, steps);
  }

  standing() {
    return this.house.standings.of(this.id);
  }

  /** Gives the right password: the login is held. */
  async parks(): Promise<Held> {
    const request = {};
    await this.house.admission.admit(request, this.account, this.origin);
    const parked = await this.house.sessions.held(request);
    return (await this.house.heldLogins.find(parked!))!;
  }

  answers(held: Held, code: string, asked = 'numbers', extra: { trust?: boolean } = {}): Promise<Outcome> {
    return this.house.challenge.answer(held, { asked, proof: { code }, ...extra }, this.origin);
  }

  /** Password and code in one go, at a held login of its own. */
  async signsInWith(code: string): Promise<Outcome> {
    return this.answers(await this.parks(), code);
  }

  /** Their browser, signed in an hour ago unless said otherwise. */
  async browser(key = this.key, signedInAt = this.house.clock.now() - 3_600_000): Promise<Confirmer> {
    return { session: { account: this.account, key, signedInAt }, standing: await this.standing() };
  }

  async confirms(code: string, password = PASSWORD): Promise<Confirmed> {
    const given = { password, asked: 'numbers', proof: { code } };
    return this.house.stepUp.confirm(await this.browser(), given, this.origin);
  }

  async drafter(key = this.key): Promise<Enroller> {
    return { account: this.account, standing: await this.standing(), key };
  }

  async owner(): Promise<Owner> {
    return { account: this.account, standing: await this.standing(), keepKey: this.key };
  }

  /** Starts a set-up, and scans what it shows. */
  async begins(kind: Numbers = this.house.numbers, replaces?: string): Promise<Enroller> {
    const who = { ...(await this.drafter()), reach: 'full' } as const;
    const known = this.house.registry.primary(kind.factor.kind)!;
    await this.house.enrolments.begin(who, known, this.origin, replaces);
    const draft = await this.house.drafts.current(who, kind.factor.kind);
    this.secret = draft!.data;
    return who;
  }

  async proves(code: string, kind: Numbers = this.house.numbers): Promise<Enrolment> {
    const known = this.house.registry.primary(kind.factor.kind)!;
    const given = { proof: { code }, label: 'Phone' };
    const outcome = await this.house.enrolments.confirm(await this.drafter(), known, given, this.origin);
    if (outcome.status === 'enabled') this.words = outcome.issued[0]?.codes ?? this.words;
    return outcome;
  }

  /** Sets a factor up from start to end. */
  async enrols(kind: Numbers = this.house.numbers, replaces?: string): Promise<Enrolment> {
    await this.begins(kind, replaces);
    return this.proves(this.code(0, kind), kind);
  }
}
