/** The time. The module reads the system clock only here. */
export abstract class Clock {
  /** UTC, milliseconds since 1970. */
  abstract now(): number;
}

/** The system clock. */
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
