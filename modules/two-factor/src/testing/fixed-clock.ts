import { Clock } from '../core/contracts/ports/clock.js';

/** A clock that stands still until a test moves it. */
export class FixedClock extends Clock {
  /** `at`: its time. UTC, milliseconds since 1970. */
  constructor(private at: number = Date.UTC(2030, 0, 1)) {
    super();
  }

  override now(): number {
    return this.at;
  }

  /** Sets the time, forwards or back. UTC, milliseconds since 1970. */
  set(at: number): void {
    this.at = at;
  }

  /** Moves the time forward; a negative number of milliseconds moves it back. */
  advance(milliseconds: number): void {
    this.at += milliseconds;
  }
}
