import type { Person } from '../../../support/people/accounts.js';
import type { Phone } from '../phone.js';
import type { BrowserUser } from '../browser-user.js';

/** Called for each page with its own name, in the order of the story. */
export type Shown = (page: string) => Promise<void>;

/** A person and what they know. */
export interface Walker {
  readonly user: BrowserUser;
  readonly person: Omit<Person, 'id'>;
}

/** Signs in and sets two-factor up quickly, and waits until the step-up of the set-up has ended. */
export async function signsInWithPhone({ user, person }: Walker): Promise<Phone> {
  await user.signsIn(person);
  await user.goes('/account/security/two-factor/totp');
  await user.clicks('Get Started');
  const phone = await user.scans();
  await user.answers('Verification Step', phone.code(), 'Enable');
  await user.clicks('I have saved these codes');
  await user.waits(11 * 60);
  return phone;
}

/** From the sign-in page to an account with two-factor; returns the backup codes. */
export async function walksToEnabled({ user, person }: Walker, shown: Shown): Promise<string[]> {
  await user.goes('/');
  await shown('sign-in');
  await user.signsIn({ ...person, password: 'not it' });
  await shown('sign-in-refused');
  // Time passes, as it does for people: the pictures show different times.
  await user.waits(65);
  await user.signsIn(person);
  await shown('home');
  await user.waits(130);
  await user.goes('/account/security');
  await shown('security-off');
  await user.clicks('Click here to Enable');
  await shown('enable');
  await user.clicks('Get Started');
  await shown('set-up');
  const phone = await user.scans();
  await user.writes('Name', 'My phone');
  await user.answers('Verification Step', '12345', 'Enable');
  await shown('set-up-refused');
  await user.answers('Verification Step', phone.code(), 'Enable');
  await shown('backup-codes');
  const codes = await user.backupCodes();
  await user.waits(70);
  await user.clicks('I have saved these codes');
  await shown('security-on');
  await user.signsOut(person);
  await shown('signed-out');
  return codes;
}

/** The next day: the security code, wrong first; the other ways; a backup code. */
export async function walksBackIn({ user, person }: Walker, codes: readonly string[], shown: Shown) {
  await user.waits(30);
  await user.signsIn(person);
  await shown('challenge');
  await user.answers('Security code', '000000');
  await shown('challenge-refused');
  await user.clicks('I can’t use any of these');
  await shown('no-way-in');
  await user.clicks('Back');
  await user.clicks('Use a backup code');
  await shown('challenge-backup-code');
  await user.answers('Backup code', codes[0] ?? '');
  await shown('backup-code-used');
}

/** Replaces a lost phone, and creates new backup codes; returns the new phone. */
export async function walksToNewPhone({ user, person }: Walker, shown: Shown): Promise<Phone> {
  await user.clicks('Set up two-factor again');
  await shown('set-up-again');
  await user.clicks('Get Started');
  const phone = await user.scans();
  await user.answers('Verification Step', phone.code(), 'Enable');
  await shown('set-up-again-done');
  await user.clicks('Continue');
  await user.waits(30);
  await user.clicks('Make new codes');
  await shown('confirm');
  await user.writes('Password', person.password);
  await user.answers('Security code', phone.code(), 'Confirm');
  await shown('new-codes');
  await user.goes('/account/password');
  await shown('password');
  await user.page.goBack();
  await user.clicks('Make new codes');
  await shown('new-codes-made');
  return phone;
}

/** Trusts the browser, which then asks only for the password, until the trust is removed. */
export async function trustsBrowser({ user, person }: Walker, phone: Phone, shown: Shown) {
  await user.signsOut(person);
  await user.signsIn(person);
  await user.page.getByLabel('Trust this browser for 30 days').check();
  await user.answers('Security code', phone.code());
  await user.signsOut(person);
  await user.signsIn(person);
  await user.goes('/account/security');
  await shown('security-trusted');
  await user.clicks('Forget all');
  await user.page.getByText('The browser is no longer trusted').waitFor();
}

/** The list of sessions, the name menu and its other pages. */
export async function walksAround({ user, person }: Walker, shown: Shown) {
  await user.goes('/');
  await user.page.locator('header').getByText(person.name, { exact: true }).click();
  await shown('name-menu');
  await user.clicks('Sessions');
  await shown('sessions');
  await user.goes('/nowhere');
  await shown('not-found');
}

/** A code after the end of the pending login. */
export async function comesTooLate({ user, person }: Walker, shown: Shown) {
  await user.signsOut(person);
  await user.signsIn(person);
  await user.waits(11 * 60);
  await user.page.reload();
  await shown('sign-in-ended');
}

/** Wrong codes until the sign-in ends, and the next one has to wait. */
export async function triesTooOften({ user, person }: Walker, shown: Shown) {
  await user.signsIn(person);
  for (let tries = 0; tries < 5; tries += 1) await user.answers('Security code', '000000');
  await shown('sign-in-again');
  await user.signsIn(person);
  await user.answers('Security code', '000000');
  await shown('challenge-wait');
}

/** A person who must set two-factor up first. */
export async function walksThroughRequired({ user, person }: Walker, shown: Shown) {
  await user.signsIn(person);
  await shown('enable-required');
  await user.clicks('Get Started');
  await shown('set-up-required');
  const phone = await user.scans();
  await user.answers('Verification Step', phone.code(), 'Enable');
  await user.clicks('I have saved these codes');
}
