import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan, LessThanOrEqual } from 'typeorm';
import { Clock } from '../../clock.js';
import { MailRow } from './mail.entity.js';
import { mailLimits, waitAfter } from '../transport/mail-limits.js';

/** What becomes of rows of the mail queue: each step is one statement that says what it finds, whoever else is at work. */
@Injectable()
export class MailRows {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Waiting, due, and in nobody's hands; those that have waited longest first. */
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
    const { affected } = await manager.update(MailRow, { id, ...this.free() }, { claimedUntil });
    return affected === 1 ? manager.findOneBy(MailRow, { id }) : null;
  }

  /** The letter goes; the row stays, so that the same id is not sent again. */
  async sent(id: string): Promise<void> {
    await this.database.manager.update(MailRow, { id }, { state: 'sent', letter: '', fault: null });
  }

  /** Its next try comes later, each time more so. */
  async postpone({ id, tries }: MailRow, fault: string): Promise<void> {
    const dueAt = this.clock.now() + waitAfter(tries + 1);
    await this.after(id, { tries: tries + 1, dueAt, claimedUntil: 0, fault });
  }

  async giveUp({ id, tries }: MailRow, fault: string): Promise<void> {
    await this.after(id, { tries: tries + 1, state: 'given-up', fault });
  }

  /** Worth nothing any more: nothing of it stays. */
  async drop(id: string): Promise<void> {
    await this.database.manager.delete(MailRow, { id });
  }

  /** Deletes rows of mails that ended long ago. */
  async clear(): Promise<void> {
    const createdAt = LessThan(this.clock.now() - mailLimits.keptMs);
    await this.database.manager.delete(MailRow, { createdAt, state: In(['sent', 'given-up']) });
  }

  /** A failure told late must not undo what another process has done since. */
  private async after(id: string, change: Partial<MailRow>): Promise<void> {
    await this.database.manager.update(MailRow, { id, state: 'waiting' }, change);
  }

  private free() {
    const now = LessThanOrEqual(this.clock.now());
    return { state: 'waiting', dueAt: now, claimedUntil: now } as const;
  }
}
