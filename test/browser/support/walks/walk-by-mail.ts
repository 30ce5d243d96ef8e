import type { Shown, Walker } from './walk.js';

/** Where they move to with their mail. */
export const newHome = 'mia.tanaka@example.org';

/** Fetches the link that was mailed last. */
export type Mailed = () => Promise<string>;

/** A forgotten password: the link is asked for, used, and used again. */
export async function walksBackByMail({ user, person }: Walker, mailed: Mailed, shown: Shown) {
  await user.goes('/login');
  await user.clicks('Forgotten password?');
  await shown('forgotten');
  await user.writes('E-mail address', person.email);
  await user.clicks('Send link');
  await shown('forgotten-sent');
  const link = await mailed();
  await user.goes(link);
  await shown('reset');
  await user.answers('New password', 'x'.repeat(129), 'Set new password');
  await shown('reset-refused');
  await user.answers('New password', 'quite another password', 'Set new password');
  await shown('reset-done');
  await user.goes(link);
  await shown('reset-old');
}

/** Another address: refused, asked for, confirmed by the link that came there, and the link once more. */
export async function walksToNewAddress({ user, person }: Walker, mailed: Mailed, shown: Shown) {
  await user.chooses(person, 'Profile');
  await user.clicks('Change e-mail address');
  await user.answers('Password', person.password, 'Confirm');
  await shown('email');
  await user.answers('New e-mail address', person.email, 'Send link');
  await shown('email-refused');
  await user.answers('New e-mail address', newHome, 'Send link');
  await shown('email-sent');
  await user.goes('/account/email');
  await shown('email-waiting');
  const link = await mailed();
  await user.goes(link);
  await shown('email-confirm');
  await user.clicks('Confirm this address');
  await shown('email-changed');
  await user.goes(link);
  await shown('email-old');
}
