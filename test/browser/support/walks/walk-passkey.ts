import type { Shown, Walker } from './walk.js';

/** From the Security page to a passkey of one's own. The tab finds an authenticator. */
export async function walksToPasskey({ user, person }: Walker, shown: Shown): Promise<void> {
  await user.signsIn(person);
  await user.goes('/account/security');
  await user.clicks('Add a passkey or security key');
  await shown('enable-passkey');
  await user.clicks('Get Started');
  await shown('set-up-passkey');
  await user.writes('Name', 'My laptop');
  await user.clicks('Enable');
  await user.clicks('I have saved these codes');
  await shown('security-passkey');
  await user.signsOut(person);
}

/** The next day: the password, then the passkey. */
export async function walksInWithPasskey({ user, person }: Walker, shown: Shown): Promise<void> {
  await user.signsIn(person);
  await shown('challenge-passkey');
  await user.clicks('Continue');
  await user.page.getByRole('heading', { name: 'Welcome' }).waitFor();
  await user.signsOut(person);
}

/** Their passkey alone, which the portal does not know any more. */
export async function isRefusedAlone({ user }: Walker, shown: Shown): Promise<void> {
  await user.goes('/login');
  await shown('sign-in-passkey');
  await user.clicks('Sign in with a passkey');
  await user.page.getByRole('link', { name: 'Back to sign in' }).waitFor();
  await shown('passkey-refused');
}
