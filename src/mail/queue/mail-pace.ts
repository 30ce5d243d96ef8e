import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailRow } from './mail.entity.js';
import { mailLimits } from '../transport/mail-limits.js';

const hour = 3_600_000;

/**
 * Nobody's mailbox can be flooded by way of the portal: so many mails of one kind to one address fall due in an hour, and
 * the next ones wait. Of one kind, since whoever floods somebody with one must not hold back another that warns of it.
 */
@Injectable()
export class MailPace {
  constructor(private readonly clock: Clock) {}

  /** UTC ms at which the next one is due; null when so many wait already that it cannot be taken. */
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
