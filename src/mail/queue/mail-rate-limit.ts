import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailRow } from './mail.entity.js';
import { mailLimits } from '../transport/mail-limits.js';

const hour = 3_600_000;

/**
 * Prevents flooding a mailbox through the portal. A limited number of mails of one kind to one address becomes due per hour;
 * further ones wait. Each kind is counted alone, so that flooding with one kind cannot delay a warning of another kind.
 */
@Injectable()
export class MailRateLimit {
  constructor(private readonly clock: Clock) {}

  /** UTC ms when the next one is due; null when too many are already waiting. */
  async next(recipient: string, view: string, manager: EntityManager): Promise<number | null> {
    const now = this.clock.now();
    const [last] = await manager.find(MailRow, {
      select: { id: true, dueAt: true },
      where: { recipient, view },
      order: { dueAt: 'DESC' },
      skip: mailLimits.perHour - 1,
      take: 1,
    });
    const due = last ? Math.max(now, last.dueAt + hour) : now;
    return due > now + mailLimits.longestQueueMs ? null : due;
  }
}
