import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailRow, type MailState } from '../queue/mail.entity.js';

/** Number of mails in one state. */
export interface MailCount {
  readonly count: number;
  /** When the oldest of them was rendered, UTC ms; null: there is none. */
  readonly oldest: number | null;
}

/** A mail that cannot be delivered. Its content is not shown, because it may contain a secret link. */
export type StuckMail = Pick<
  MailRow,
  'id' | 'view' | 'recipient' | 'state' | 'tries' | 'fault' | 'createdAt'
>;

/** The state of the queue. */
export interface MailReport {
  readonly waiting: MailCount;
  readonly givenUp: MailCount;
  /** Mails that were given up, and mails that wait after a failed try. The oldest come first, at most one screen of them. */
  readonly stuck: readonly StuckMail[];
}

/** Maximum number of stuck mails in a report. */
const named = 50;

const columns = {
  id: true,
  view: true,
  recipient: true,
  state: true,
  tries: true,
  fault: true,
  createdAt: true,
} as const;

/** Lets operators see the mail queue and retry its mails. */
@Injectable()
export class MailAdmin {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  async report(): Promise<MailReport> {
    const waiting = await this.count('waiting');
    const givenUp = await this.count('given-up');
    const stuck = await this.database.manager.find(MailRow, {
      select: columns,
      where: [{ state: 'given-up' }, { state: 'waiting', tries: MoreThan(0) }],
      order: { createdAt: 'ASC', id: 'ASC' },
      take: named,
    });
    return { waiting, givenUp, stuck };
  }

  /**
   * Puts mails that were given up back into the queue, as if they had not been tried yet: all of them, or one. Returns the
   * number.
   */
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
