import { Injectable } from '@nestjs/common';

/** The time. Nothing else in the portal asks the machine for it, so that tests can hold it still. */
export abstract class Clock {
  /** UTC, milliseconds since 1970. */
  abstract now(): number;
}

/** The machine's own clock. */
@Injectable()
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
