import { generateSync } from 'otplib';
import type { Clock } from '../../../src/clock.js';

/** A person's phone: an authenticator app that holds one secret and shows the code of the portal's time. */
export class AuthenticatorApp {
  private constructor(
    readonly secret: string,
    private readonly clock: Clock,
  ) {}

  /** From what a QR code says. */
  static scans(uri: string, clock: Clock): AuthenticatorApp {
    const secret = new URL(uri).searchParams.get('secret');
    if (!secret) throw new Error('That QR code holds no secret.');
    return new AuthenticatorApp(secret, clock);
  }

  /** From a key typed by hand, in groups or not. */
  static types(key: string, clock: Clock): AuthenticatorApp {
    return new AuthenticatorApp(key.replace(/\s/g, '').toUpperCase(), clock);
  }

  /** Another entry of the same phone, from a key typed by hand. */
  withKey(key: string): AuthenticatorApp {
    return AuthenticatorApp.types(key, this.clock);
  }

  /** The code of now, or of so many steps of 30 seconds later (earlier, where negative). */
  code(steps = 0): string {
    const epoch = Math.floor(this.clock.now() / 1000) + steps * 30;
    return generateSync({ secret: this.secret, epoch });
  }
}
