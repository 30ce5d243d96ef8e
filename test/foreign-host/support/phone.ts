import { generateSync } from 'otplib';
import type { FixedClock } from 'nestjs-two-factor/testing';

/** An authenticator app with one secret, on the host's time. */
export class Phone {
  constructor(
    readonly secret: string,
    private readonly clock: FixedClock,
  ) {}

  /** The code of now, or of so many steps of 30 seconds later. */
  code(steps = 0): string {
    return generateSync({ secret: this.secret, epoch: Math.floor(this.clock.now() / 1000) + steps * 30 });
  }

  /** Moves the time on until the code begins with a zero. */
  waitsForLeadingZero(): string {
    while (!this.code().startsWith('0')) this.clock.advance(30_000);
    return this.code();
  }

  /** A well-formed code that is wrong now. */
  wrongCode(): string {
    const near = [-1, 0, 1].map((steps) => this.code(steps));
    return ['111111', '222222', '333333', '444444'].find((code) => !near.includes(code))!;
  }
}
