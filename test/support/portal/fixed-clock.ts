import { Clock } from '../../../src/clock.js';

/** A clock that stands still until it is moved. */
export class FixedClock extends Clock {
  constructor(private at = Date.UTC(2030, 0, 1)) {
    super();
  }

  now(): number {
    return this.at;
  }

  /** Moves it on, by milliseconds. */
  advance(milliseconds: number): void {
    this.at += milliseconds;
  }

  passesSeconds(seconds: number): void {
    this.advance(seconds * 1000);
  }

  passesMinutes(minutes: number): void {
    this.advance(minutes * 60_000);
  }
}
