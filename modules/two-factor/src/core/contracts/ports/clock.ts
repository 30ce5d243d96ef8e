/** The time. Nothing else in the module asks the machine for it. */
export abstract class Clock {
  /** UTC, milliseconds since 1970. */
  abstract now(): number;
}

/** The machine's own clock. */
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
