import type { Person } from '../../support/people/accounts.js';
import type { Phone } from './phone.js';
import type { Surfer } from './surfer.js';

/** Told of each page by a name of its own, in the order of the story. */
export type Shown = (page: string) => Promise<void>;

/** Who walks, with what they know. */
export interface Walker {
  readonly surfer: Surfer;
  readonly person: Omit<Person, 'id'>;
}

/** Signs in and sets two-factor up, the short way; later than the step-up that comes with it. */
export async function signsInWithPhone({ surfer, person }: Walker): Promise<Phone> {
  await surfer.signsIn(person);
  await surfer.goes('/account/security/two-factor/totp');
  await surfer.clicks('Get Started');
  const phone = await surfer.scans();
  await surfer.answers('Verification Step', phone.code(), 'Enable');
  await surfer.clicks('I have saved these codes');
  await surfer.waits(11 * 60);
  return phone;
}

/** From the sign-in page to an account with two-factor; answers the backup codes. */
export async function walksToEnabled({ surfer, person }: Walker, shown: Shown): Promise<string[]> {
  await surfer.goes('/');
  await shown('sign-in');
  await surfer.signsIn({ ...person, password: 'not it' });
  await shown('sign-in-refused');
  await surfer.signsIn(person);
  await shown('home');
  await surfer.goes('/account/security');
  await shown('security-off');
  await surfer.clicks('Click here to Enable');
  await shown('enable');
  await surfer.clicks('Get Started');
  await shown('set-up');
  const phone = await surfer.scans();
  await surfer.writes('Name', 'My phone');
  await surfer.answers('Verification Step', '12345', 'Enable');
  await shown('set-up-refused');
  await surfer.answers('Verification Step', phone.code(), 'Enable');
  await shown('backup-codes');
  const codes = await surfer.backupCodes();
  await surfer.clicks('I have saved these codes');
  await shown('security-on');
  await surfer.signsOut(person);
  await shown('signed-out');
  return codes;
}

/** The next day: the security code, wrong first; the other ways; a backup code. */
export async function walksBackIn({ surfer, person }: Walker, codes: readonly string[], shown: Shown) {
  await surfer.waits(30);
  await surfer.signsIn(person);
  await shown('challenge');
  await surfer.answers('Security code', '000000');
  await shown('challenge-refused');
  await surfer.clicks('I can’t use any of these');
  await shown('no-way-in');
  await surfer.clicks('Back');
  await surfer.clicks('Use a backup code');
  await shown('challenge-backup-code');
  await surfer.answers('Backup code', codes[0] ?? '');
  await shown('backup-code-used');
}

/** A new phone in place of the lost one, which it answers, and new backup codes. */
export async function walksToNewPhone({ surfer, person }: Walker, shown: Shown): Promise<Phone> {
  await surfer.clicks('Set up two-factor again');
  await shown('set-up-again');
  await surfer.clicks('Get Started');
  const phone = await surfer.scans();
  await surfer.answers('Verification Step', phone.code(), 'Enable');
  await shown('set-up-again-done');
  await surfer.clicks('Continue');
  await surfer.waits(30);
  await surfer.clicks('Make new codes');
  await shown('confirm');
  await surfer.writes('Password', person.password);
  await surfer.answers('Security code', phone.code(), 'Confirm');
  await shown('new-codes');
  await surfer.goes('/account/password');
  await shown('password');
  await surfer.page.goBack();
  await surfer.clicks('Make new codes');
  await shown('new-codes-made');
  return phone;
}

/** A browser of their own, which is then asked for the password alone until they have it forgotten. */
export async function trustsBrowser({ surfer, person }: Walker, phone: Phone, shown: Shown) {
  await surfer.signsOut(person);
  await surfer.signsIn(person);
  await surfer.page.getByLabel('Trust this browser for 30 days').check();
  await surfer.answers('Security code', phone.code());
  await surfer.signsOut(person);
  await surfer.signsIn(person);
  await surfer.goes('/account/security');
  await shown('security-trusted');
  await surfer.clicks('Forget all');
  await surfer.page.getByText('It is forgotten').waitFor();
}

/** Where they are signed in, the name menu and its other pages. */
export async function walksAround({ surfer, person }: Walker, shown: Shown) {
  await surfer.goes('/');
  await surfer.page.locator('header').getByText(person.name, { exact: true }).click();
  await shown('name-menu');
  await surfer.clicks('Sessions');
  await shown('sessions');
  await surfer.goes('/nowhere');
  await shown('not-found');
}

/** Too late with the code. */
export async function comesTooLate({ surfer, person }: Walker, shown: Shown) {
  await surfer.signsOut(person);
  await surfer.signsIn(person);
  await surfer.waits(11 * 60);
  await surfer.page.reload();
  await shown('sign-in-ended');
}

/** Wrong codes until the sign-in ends, and the next one has to wait. */
export async function triesTooOften({ surfer, person }: Walker, shown: Shown) {
  await surfer.signsIn(person);
  for (let tries = 0; tries < 5; tries += 1) await surfer.answers('Security code', '000000');
  await shown('sign-in-again');
  await surfer.signsIn(person);
  await surfer.answers('Security code', '000000');
  await shown('challenge-wait');
}

/** Somebody who must set two-factor up before they get anywhere. */
export async function walksThroughRequired({ surfer, person }: Walker, shown: Shown) {
  await surfer.signsIn(person);
  await shown('enable-required');
  await surfer.clicks('Get Started');
  await shown('set-up-required');
  const phone = await surfer.scans();
  await surfer.answers('Verification Step', phone.code(), 'Enable');
  await surfer.clicks('I have saved these codes');
}
