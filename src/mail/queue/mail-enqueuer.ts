import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../clock.js';
import { errorMessage } from '../../error-facts.js';
import { MailCipher } from './mail-cipher.js';
import type { RenderedMail } from '../rendering/rendered-mail.js';
import { MailRow } from './mail.entity.js';
import { throttledLine } from '../../limits.js';
import { MailRateLimit } from './mail-rate-limit.js';

/** A rendered mail that must be sent once. */
export interface NewMail {
  readonly id: string;
  readonly view: string;
  readonly letter: RenderedMail;
}

/** Adds rendered mails to the queue. */
@Injectable()
export class MailEnqueuer {
  private readonly logger = new Logger('Mail');

  constructor(
    private readonly clock: Clock,
    private readonly pace: MailRateLimit,
    private readonly box: MailCipher,
  ) {}

  /**
   * Runs in the transaction of `manager`. An id that exists already, waiting or sent, is ignored.
   * @throws when the mail is longer than a row can hold; the log names it.
   */
  async enqueue(written: NewMail, manager: EntityManager): Promise<void> {
    const { id, view, letter } = written;
    const sealed = this.sealed(written);
    const recipient = letter.to.address.toLowerCase();
    const dueAt = await this.pace.next(recipient, view, manager);
    if (dueAt === null) return this.drop(id, view);
    await insertOrIgnore(manager, {
      ...{ id, recipient, view, dueAt, letter: sealed },
      ...{ state: 'waiting', tries: 0, claimedUntil: 0, fault: null, createdAt: this.clock.now() },
    });
  }

  private drop(id: string, view: string): void {
    this.logger.warn(throttledLine({ limit: 'mails', accountId: null, ip: null, until: null }));
    this.logger.warn(`mail ${id} (${view}) is dropped: too many for one address`);
  }

  private sealed({ id, view, letter }: NewMail): string {
    try {
      return this.box.seal(id, letter);
    } catch (error) {
      this.logger.error(`mail ${id} (${view}) is refused: ${errorMessage(error)}`);
      throw error;
    }
  }
}

/** Does not catch a unique violation: on PostgreSQL that would abort the transaction. */
async function insertOrIgnore(manager: EntityManager, row: MailRow): Promise<void> {
  const insert = manager.createQueryBuilder().insert().into(MailRow).values(row);
  await insert.orIgnore().updateEntity(false).execute();
}
