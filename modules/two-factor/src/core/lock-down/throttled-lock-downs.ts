import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors.js';
import type { Origin } from '../common/origin.js';
import { Clock } from '../contracts/ports/clock.js';
import { SecurityLog } from '../rate-limits/security-log.js';

/** Writes the log line of a lock-down that the limit refused. */
@Injectable()
export class ThrottledLockDowns {
  constructor(
    private readonly securityLog: SecurityLog,
    private readonly clock: Clock,
  ) {}

  async watch<T>(accountId: string, { ip }: Origin, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && error.code === 'TOO_MANY_ATTEMPTS') {
        const until = this.clock.now() + Number(error.extra['retryAfter']) * 1000;
        this.securityLog.throttled({ limit: 'lock-downs', accountId, ip, until });
      }
      throw error;
    }
  }
}
