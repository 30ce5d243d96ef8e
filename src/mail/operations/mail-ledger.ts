import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailRow, type MailState } from '../queue/mail.entity.js';

/** How many mails are in one state. */
export interface MailCount {
  readonly count: number;
  /** When the oldest of them was written, UTC ms; null: there is none. */
  readonly oldest: number | null;
}

/** A mail that does not get through. Its letter is not told: it may hold a link that opens something. */
export type StuckMail = Pick<
  MailRow,
  'id' | 'view' | 'recipient' | 'state' | 'tries' | 'fault' | 'createdAt'
>;

/** How the queue stands. */
export interface MailReport {
  readonly waiting: MailCount;
  readonly givenUp: MailCount;
  /** Those given up, and those that wait because a try failed; the oldest first, and not more than a screen of them. */
  readonly stuck: readonly StuckMail[];
}

/** How many stuck mails a report names. */
const named = 50;

const told = {
  ...{ id: true, view: true, recipient: true, state: true },
  ...{ tries: true, fault: true, createdAt: true },
} as const;

/** The mail queue as operators see it, and what they do to it. */
@Injectable()
export class MailLedger {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async report(): Promise<MailReport> {
    const waiting = await this.count('waiting');
    const givenUp = await this.count('given-up');
    const stuck = await this.database.manager.find(MailRow, {
      select: told,
      where: [{ state: 'given-up' }, { state: 'waiting', tries: MoreThan(0) }],
      order: { createdAt: 'ASC', id: 'ASC' },
      take: named,
    });
    return { waiting, givenUp, stuck };
  }

  /** Puts what was given up back into the queue, as if it had not been tried yet: all of it, or one mail. Answers how many. */
  async retry(id?: string): Promise<number> {
    const where = { state: 'given-up' as const, ...(id === undefined ? {} : { id }) };
    const change = { state: 'waiting' as const, tries: 0, dueAt: this.clock.now(), claimedUntil: 0 };
    return (await this.database.manager.update(MailRow, where, change)).affected ?? 0;
  }

  private async count(state: MailState): Promise<MailCount> {
    const { manager } = this.database;
    const count = await manager.countBy(MailRow, { state });
    return { count, oldest: await manager.minimum(MailRow, 'createdAt', { state }) };
  }
}
