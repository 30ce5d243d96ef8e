import type { Shown, Walker } from './walk.js';

/** Fetches the code that was mailed last. */
export type CodeMailed = () => Promise<string>;

/** From the Security page to codes by mail, a wrong one first. */
export async function walksToMailedCodes({ surfer, person }: Walker, mailed: CodeMailed, shown: Shown) {
  await surfer.signsIn(person);
  await surfer.goes('/account/security');
  await surfer.clicks('Click here to Enable (Codes by mail)');
  await shown('enable-mailed');
  await surfer.clicks('Get Started');
  await shown('set-up-mailed');
  await surfer.answers('Verification Step', '00000000', 'Enable');
  await shown('set-up-mailed-refused');
  await surfer.answers('Verification Step', await mailed(), 'Enable');
  await surfer.clicks('I have saved these codes');
  await shown('security-mailed');
  await surfer.signsOut(person);
}

/** The next day: no code yet, another one too soon, a wrong one, the right one. */
export async function walksInByMail({ surfer, person }: Walker, mailed: CodeMailed, shown: Shown) {
  await surfer.waits(60);
  await surfer.signsIn(person);
  await shown('challenge-mailed');
  await surfer.answers('Code from the mail', '00000000');
  await shown('challenge-mailed-unsent');
  await surfer.clicks('Mail me a code');
  await shown('challenge-mailed-sent');
  await surfer.clicks('Mail me another code');
  await shown('challenge-mailed-soon');
  await surfer.answers('Code from the mail', await mailed());
}

/** Confirms with a code that is asked for there. */
export async function confirmsByMail({ surfer, person }: Walker, mailed: CodeMailed, shown: Shown) {
  await surfer.waits(11 * 60);
  await surfer.goes('/account/email');
  await shown('confirm-mailed');
  await surfer.clicks('Mail me a code');
  await shown('confirm-mailed-sent');
  await surfer.writes('Password', person.password);
  await surfer.answers('Code from the mail', await mailed(), 'Confirm');
  await surfer.page.getByRole('heading', { name: 'Change e-mail address' }).waitFor();
}

/** Forgot the password as well: the mailed link says why it replaces none. */
export async function findsNoWayByMail({ surfer }: Walker, link: () => Promise<string>, shown: Shown) {
  await surfer.goes(await link());
  await shown('reset-barred');
}
