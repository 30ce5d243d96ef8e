import { randomInt } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { BackgroundTask } from 'typeorm-unit-of-work/outbox';
import { Clock } from '../../clock.js';
import { errorMessage } from '../../error-facts.js';
import { linkLife } from '../mailed-links/link-token.js';
import { ResetAnswers } from './reset-answers.js';
import { type QueuedReset, ResetQueue } from './reset-queue.js';

/** How long a request waits before it is answered, in milliseconds: a random time between these limits. */
const wait = { least: 200, most: 2_000 } as const;

/** How many requests are answered in one batch. */
const batch = 50;

/**
 * Answers requests for links after a random delay. A stranger who measures the portal's response times after a request
 * therefore learns nothing. A later run on any node finds a request that a killed process left behind.
 */
@Injectable()
export class ResetWorker implements BeforeApplicationShutdown {
  private readonly logger = new Logger('PasswordReset');
  private readonly task = new BackgroundTask(
    () => randomInt(wait.least, wait.most),
    () => this.takeAll(),
  );

  constructor(
    private readonly wishes: ResetQueue,
    private readonly answers: ResetAnswers,
    private readonly clock: Clock,
  ) {}

  /** Called after a request was stored, and every ten seconds: requests that were left behind are answered too. */
  @Interval(10_000)
  enqueue(): void {
    this.task.request();
  }

  /** Resolves when every request stored here before is answered, or is left for the next run. */
  settled(): Promise<void> {
    return this.task.settled();
  }

  /** Runs before the shutdown hook, because the database is closed there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  /**
   * Returns true when more requests may be waiting. Never rejects: if the database is unavailable, the requests wait for a
   * sweep.
   */
  private async takeAll(): Promise<boolean> {
    try {
      const wishes = await this.wishes.oldest(batch);
      let taken = 0;
      for (const queued of wishes) if (await this.take(queued)) taken += 1;
      return taken > 0 && wishes.length === batch;
    } catch (error) {
      this.logger.warn(`requests for links could not be read: ${errorMessage(error)}`);
      return false;
    }
  }

  /** A request that fails does not block the others. It ends when its link would have expired. */
  private async take(queued: QueuedReset): Promise<boolean> {
    try {
      if (this.clock.now() - queued.createdAt < linkLife) await this.answers.give(queued);
      else await this.drop(queued);
      return true;
    } catch (error) {
      this.logger.warn(`request for a link ${queued.id} waits for a sweep: ${errorMessage(error)}`);
      return false;
    }
  }

  private async drop(queued: QueuedReset): Promise<void> {
    this.logger.warn(`request for a link ${queued.id} is dropped: it comes too late to be of use`);
    await this.wishes.take(queued);
  }
}
