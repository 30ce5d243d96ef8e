import type { Shown, Walker } from './walk.js';

/** From the Security page to a passkey of one's own. The tab finds an authenticator. */
export async function walksToPasskey({ surfer, person }: Walker, shown: Shown): Promise<void> {
  await surfer.signsIn(person);
  await surfer.goes('/account/security');
  await surfer.clicks('Click here to Enable (Passkey or security key)');
  await shown('enable-passkey');
  await surfer.clicks('Get Started');
  await shown('set-up-passkey');
  await surfer.writes('Name', 'My laptop');
  await surfer.clicks('Enable');
  await surfer.clicks('I have saved these codes');
  await shown('security-passkey');
  await surfer.signsOut(person);
}

/** The next day: the password, then the passkey. */
export async function walksInWithPasskey({ surfer, person }: Walker, shown: Shown): Promise<void> {
  await surfer.signsIn(person);
  await shown('challenge-passkey');
  await surfer.clicks('Continue');
  await surfer.page.getByRole('heading', { name: 'Welcome' }).waitFor();
  await surfer.signsOut(person);
}

/** Their passkey alone, which the portal does not know any more. */
export async function isRefusedAlone({ surfer }: Walker, shown: Shown): Promise<void> {
  await surfer.goes('/login');
  await shown('sign-in-passkey');
  await surfer.clicks('Sign in with a passkey');
  await surfer.page.getByRole('link', { name: 'Back to sign in' }).waitFor();
  await shown('passkey-refused');
}
