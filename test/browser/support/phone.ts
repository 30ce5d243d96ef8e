import { execFileSync, spawnSync } from 'node:child_process';
import { AuthenticatorApp } from '../../support/people/authenticator-app.js';
import type { FixedClock } from '../../support/portal/fixed-clock.js';

const hasOathtool = spawnSync('oathtool', ['--version']).status === 0;

/** A phone that has scanned a code. Its codes are computed independently, by `oathtool` where it is installed. */
export class Phone {
  private constructor(
    /** The text of the scanned QR code. */
    readonly uri: string,
    private readonly clock: FixedClock,
  ) {}

  /** @param uri the text of the QR code. */
  static scans(uri: string, clock: FixedClock): Phone {
    return new Phone(uri, clock);
  }

  /** The current code. */
  code(): string {
    return hasOathtool ? this.fromOathtool() : AuthenticatorApp.scans(this.uri, this.clock).code();
  }

  private fromOathtool(): string {
    const secret = new URL(this.uri).searchParams.get('secret') ?? '';
    const now = `@${Math.floor(this.clock.now() / 1000)}`;
    return execFileSync('oathtool', ['--totp', '--base32', '--now', now, secret], {
      encoding: 'utf8',
    }).trim();
  }
}
