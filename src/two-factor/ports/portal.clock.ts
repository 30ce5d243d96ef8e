import { Injectable } from '@nestjs/common';
import { Clock } from 'nestjs-two-factor';
import { Clock as PortalTime } from '../../clock.js';

/** Adapter: the portal and the module use the same clock. */
@Injectable()
export class PortalClock extends Clock {
  constructor(private readonly clock: PortalTime) {
    super();
  }

  now(): number {
    return this.clock.now();
  }
}
