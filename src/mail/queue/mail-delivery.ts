import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../clock.js';
import { errorMessage } from '../../error-facts.js';
import { Lanes } from './lanes.js';
import { MailCipher } from './mail-cipher.js';
import type { MailRow } from './mail.entity.js';
import { mailLimits } from '../transport/mail-limits.js';
import { MailRepository } from './mail-repository.js';
import { MailRejectedError, MailTransport } from '../transport/mail-transport.js';

/**
 * Delivers the mails of the queue at least once: right after they were queued, and by a sweep. The sweep handles mails that
 * could not be delivered, or that a killed process left behind.
 */
@Injectable()
export class MailDelivery implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Mail');
  private readonly lanes = new Lanes(mailLimits.atOnce, mailLimits.inMind);
  private isStopping = false;

  constructor(
    private readonly rows: MailRepository,
    private readonly box: MailCipher,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
  ) {}

  /** Tries to deliver a mail whose row is committed, as soon as a lane is free. */
  begin(id: string): void {
    if (!this.isStopping) this.lanes.enter(id, () => this.attempt(id));
  }

  /** Starts the due deliveries. */
  @Interval(10_000)
  async sweep(): Promise<void> {
    await this.rows
      .due(mailLimits.inMind)
      .then((ids) => ids.forEach((id) => this.begin(id)))
      .catch((error: unknown) => this.logger.warn(`mails could not be swept: ${errorMessage(error)}`));
  }

  /** Deletes the rows of mails that ended long ago. */
  @Interval(3_600_000)
  async clear(): Promise<void> {
    await this.rows
      .clear()
      .catch((error: unknown) => this.logger.warn(`old mails could not be cleared: ${errorMessage(error)}`));
  }

  /** Resolves when every started delivery has succeeded or is postponed. */
  async settled(): Promise<void> {
    // The after-commit hooks start a moment later.
    await new Promise(setImmediate);
    await this.lanes.settled();
  }

  /** Waits for deliveries in progress, up to a limit. A delivery that is cut off is repeated from its row. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.race([this.settled(), pause(mailLimits.stopMs, undefined, { ref: false })]);
    this.isStopping = true;
    this.lanes.clear();
    this.transport.close();
  }

  /** Never rejects: if the database is unavailable, the row waits for a sweep. */
  private async attempt(id: string): Promise<void> {
    try {
      const row = await this.rows.claim(id);
      if (row) await this.deliver(row);
    } catch (error) {
      this.logger.warn(`mail ${id} waits for the next sweep: ${errorMessage(error)}`);
    }
  }

  private async deliver(row: MailRow): Promise<void> {
    let until: number | undefined;
    try {
      const letter = this.box.open(row.id, row.letter);
      until = letter.until;
      if (this.isLate(until)) return await this.drop(row, 'it comes too late to be of use');
      const job = { id: row.id, letter, writtenAt: row.createdAt };
      await (letter.decoy ? this.transport.rehearse(job) : this.transport.deliver(job));
    } catch (error) {
      await this.failed(row, until, error);
      return;
    }
    await this.rows.sent(row.id);
  }

  private async failed(row: MailRow, until: number | undefined, error: unknown): Promise<void> {
    const fault = oneLine(error);
    const name = `mail ${row.id} (${row.view})`;
    // A mail that is valid for minutes is of no use to an operator, and may contain a code.
    if (until !== undefined && error instanceof MailRejectedError) return this.drop(row, fault);
    if (!this.isOver(row) && !(error instanceof MailRejectedError)) {
      this.logger.warn(`${name} could not be delivered (try ${row.tries + 1}): ${fault}`);
      await this.rows.postpone(row, fault);
      return;
    }
    this.logger.error(`${name} is given up and kept for the operator: ${fault}`);
    await this.rows.giveUp(row, fault);
  }

  private async drop({ id, view }: MailRow, why: string): Promise<void> {
    this.logger.warn(`mail ${id} (${view}) is dropped: ${why}`);
    await this.rows.drop(id);
  }

  private isLate(until: number | undefined): boolean {
    return until !== undefined && this.clock.now() >= until;
  }

  /**
   * True when the mail is old enough and was really tried. The portal may have been off, or an operator may have just requested
   * a retry.
   */
  private isOver({ createdAt, tries }: MailRow): boolean {
    const { givenUpAfterMs, leastTries } = mailLimits;
    return this.clock.now() - createdAt >= givenUpAfterMs && tries + 1 >= leastTries;
  }
}

/** The answer of a mail server goes to the log and to a column. */
function oneLine(error: unknown): string {
  return errorMessage(error)
    .replace(/\p{C}+/gu, ' ')
    .slice(0, 255);
}
