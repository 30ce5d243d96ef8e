import { randomInt } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
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
 * therefore learns nothing. The sweep of any node finds a request that a killed process left behind.
 */
@Injectable()
export class ResetWorker implements BeforeApplicationShutdown {
  private readonly logger = new Logger('PasswordReset');
  private underWay: Promise<void> | null = null;
  /** Number of requests that were stored in this process so far. */
  private kept = 0;
  private hurry = (): void => undefined;

  constructor(
    private readonly wishes: ResetQueue,
    private readonly answers: ResetAnswers,
    private readonly clock: Clock,
  ) {}

  /** Called after a request was stored: it will be answered after the delay. */
  enqueue(): void {
    this.kept += 1;
    this.underWay ??= this.drain();
  }

  /** Answers the requests that were left behind. */
  @Interval(10_000)
  async sweep(): Promise<void> {
    this.enqueue();
    await this.underWay;
  }

  /** Resolves when every request stored here before is answered, or is left for the next sweep. */
  async settled(): Promise<void> {
    while (this.underWay) {
      this.hurry();
      await this.underWay;
    }
  }

  /** Runs before the shutdown hook, because the database is closed there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private async drain(): Promise<void> {
    await this.pause();
    const seen = this.kept;
    const isFull = await this.takeAll();
    // Requests that arrived meanwhile wait for the next run.
    this.underWay = isFull || this.kept > seen ? this.drain() : null;
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, randomInt(wait.least, wait.most));
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
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
