import { Clock } from '../core/contracts/ports/clock.js';

/** A clock that stands still until it is moved. */
export class FixedClock extends Clock {
  /** `at`: where it stands. UTC, milliseconds since 1970. */
  constructor(private at: number = Date.UTC(2030, 0, 1)) {
    super();
  }

  override now(): number {
    return this.at;
  }

  /** Puts it to a moment, forwards or back. UTC, milliseconds since 1970. */
  set(at: number): void {
    this.at = at;
  }

  /** Moves it on; a negative number of milliseconds moves it back. */
  advance(milliseconds: number): void {
    this.at += milliseconds;
  }
}
