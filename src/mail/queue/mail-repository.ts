import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan, LessThanOrEqual } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailRow } from './mail.entity.js';
import { mailLimits, waitAfter } from '../transport/mail-limits.js';

/** State changes of the mail rows. Each step is one conditional statement, so several processes can work at once. */
@Injectable()
export class MailRepository {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Mails that wait, are due and are not claimed; those that have waited longest come first. */
  async due(most: number): Promise<string[]> {
    const rows = await this.database.manager.find(MailRow, {
      select: { id: true },
      where: this.free(),
      order: { dueAt: 'ASC' },
      take: most,
    });
    return rows.map(({ id }) => id);
  }

  /** The row, for exactly one process; null for all others. */
  async claim(id: string): Promise<MailRow | null> {
    const { manager } = this.database;
    const claimedUntil = this.clock.now() + mailLimits.claimMs;
    const { affected } = await manager.update(MailRow, { ...this.free(), id }, { claimedUntil });
    return affected === 1 ? manager.findOneBy(MailRow, { id }) : null;
  }

  /** Deletes the content. The row stays, so that the same id is not sent again. */
  async sent(id: string): Promise<void> {
    await this.database.manager.update(MailRow, { id }, { state: 'sent', letter: '', fault: null });
  }

  /** Schedules the next try; the wait grows with each failure. */
  async postpone({ id, tries }: MailRow, fault: string): Promise<void> {
    const dueAt = this.clock.now() + waitAfter(tries + 1);
    await this.after(id, { tries: tries + 1, dueAt, claimedUntil: 0, fault });
  }

  async giveUp({ id, tries }: MailRow, fault: string): Promise<void> {
    await this.after(id, { tries: tries + 1, state: 'given-up', fault });
  }

  /** Called when the mail is useless: deletes the whole row. */
  async drop(id: string): Promise<void> {
    await this.database.manager.delete(MailRow, { id });
  }

  /** Deletes rows of mails that ended long ago. */
  async clear(): Promise<void> {
    const createdAt = LessThan(this.clock.now() - mailLimits.keptMs);
    await this.database.manager.delete(MailRow, { createdAt, state: In(['sent', 'given-up']) });
  }

  /** A failure that is reported late must not overwrite later changes of another process. */
  private async after(id: string, change: Partial<MailRow>): Promise<void> {
    await this.database.manager.update(MailRow, { id, state: 'waiting' }, change);
  }

  private free() {
    const now = LessThanOrEqual(this.clock.now());
    return { state: 'waiting', dueAt: now, claimedUntil: now } as const;
  }
}
