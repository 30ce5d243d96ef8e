import type { Shown, Walker } from './walk.js';

/** Fetches the code that was mailed last. */
export type CodeMailed = () => Promise<string>;

/** From the Security page to codes by mail, a wrong one first. */
export async function walksToMailedCodes({ user, person }: Walker, mailed: CodeMailed, shown: Shown) {
  await user.signsIn(person);
  await user.goes('/account/security');
  await user.clicks('Add codes by e-mail');
  await shown('enable-mailed');
  await user.clicks('Get Started');
  await shown('set-up-mailed');
  await user.answers('Verification Step', '00000000', 'Enable');
  await shown('set-up-mailed-refused');
  await user.answers('Verification Step', await mailed(), 'Enable');
  await user.clicks('I have saved these codes');
  await shown('security-mailed');
  await user.signsOut(person);
}

/** The next day: no code yet, another one too soon, a wrong one, the right one. */
export async function walksInByMail({ user, person }: Walker, mailed: CodeMailed, shown: Shown) {
  await user.waits(60);
  await user.signsIn(person);
  await shown('challenge-mailed');
  await user.answers('Code from the e-mail', '00000000');
  await shown('challenge-mailed-unsent');
  await user.clicks('E-mail me a code');
  await shown('challenge-mailed-sent');
  await user.clicks('E-mail me another code');
  await shown('challenge-mailed-soon');
  await user.answers('Code from the e-mail', await mailed());
}

/** Confirms with a code that is asked for there. */
export async function confirmsByMail({ user, person }: Walker, mailed: CodeMailed, shown: Shown) {
  await user.waits(11 * 60);
  await user.goes('/account/email');
  await shown('confirm-mailed');
  await user.clicks('E-mail me a code');
  await shown('confirm-mailed-sent');
  await user.writes('Password', person.password);
  await user.answers('Code from the e-mail', await mailed(), 'Confirm');
  await user.page.getByRole('heading', { name: 'Change e-mail address' }).waitFor();
}

/** Forgot the password as well: the mailed link says why it replaces none. */
export async function findsNoWayByMail({ user }: Walker, link: () => Promise<string>, shown: Shown) {
  await user.goes(await link());
  await shown('reset-barred');
}
