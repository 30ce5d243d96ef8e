import type { Shown, Walker } from './walk.js';

/** Where they move to with their mail. */
export const newHome = 'mia.tanaka@example.org';

/** Fetches the link that was mailed last. */
export type Mailed = () => Promise<string>;

/** A forgotten password: the link is asked for, used, and used again. */
export async function walksBackByMail({ surfer, person }: Walker, mailed: Mailed, shown: Shown) {
  await surfer.goes('/login');
  await surfer.clicks('Forgotten password?');
  await shown('forgotten');
  await surfer.writes('E-mail address', person.email);
  await surfer.clicks('Send link');
  await shown('forgotten-sent');
  const link = await mailed();
  await surfer.goes(link);
  await shown('reset');
  await surfer.answers('New password', 'x'.repeat(129), 'Set new password');
  await shown('reset-refused');
  await surfer.answers('New password', 'quite another password', 'Set new password');
  await shown('reset-done');
  await surfer.goes(link);
  await shown('reset-old');
}

/** Another address: refused, asked for, confirmed by the link that came there, and the link once more. */
export async function walksToNewAddress({ surfer, person }: Walker, mailed: Mailed, shown: Shown) {
  await surfer.chooses(person, 'Profile');
  await surfer.clicks('Change e-mail address');
  await surfer.answers('Password', person.password, 'Confirm');
  await shown('email');
  await surfer.answers('New e-mail address', person.email, 'Send link');
  await shown('email-refused');
  await surfer.answers('New e-mail address', newHome, 'Send link');
  await shown('email-sent');
  await surfer.goes('/account/email');
  await shown('email-waiting');
  const link = await mailed();
  await surfer.goes(link);
  await shown('email-confirm');
  await surfer.clicks('Confirm this address');
  await shown('email-changed');
  await surfer.goes(link);
  await shown('email-old');
}
