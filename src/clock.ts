import { Injectable } from '@nestjs/common';

/** The time. Nothing else in the portal reads the system clock, so tests can fix the time. */
export abstract class Clock {
  /** UTC, milliseconds since 1970. */
  abstract now(): number;
}

/** The system clock. */
@Injectable()
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
