import { Injectable } from '@nestjs/common';
import { Clock } from 'nestjs-two-factor';
import { Clock as PortalTime } from '../clock.js';

/** One time for both. */
@Injectable()
export class PortalClock extends Clock {
  constructor(private readonly clock: PortalTime) {
    super();
  }

  now(): number {
    return this.clock.now();
  }
}
