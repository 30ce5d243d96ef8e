import type { Shown, Walker } from './walk.js';

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
