import { randomInt } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../clock.js';
import { errorMessage } from '../../error-facts.js';
import { linkLife } from '../mailed-links/link-token.js';
import { ResetAnswers } from './reset-answers.js';
import { type ResetWish, ResetWishes } from './reset-wishes.js';

/** How long a request waits before it is answered, in milliseconds: a random time in between. */
const wait = { least: 200, most: 2_000 } as const;

/** How many requests are answered in one go. */
const batch = 50;

/**
 * Answers requests for links at a time of its own: a stranger who times the portal right after a request learns nothing of what is done
 * for it. A request that a killed process left behind is found by the sweep of any node.
 */
@Injectable()
export class ResetDesk implements BeforeApplicationShutdown {
  private readonly logger = new Logger('PasswordReset');
  private underWay: Promise<void> | null = null;
  /** How many requests were kept here so far. */
  private kept = 0;
  private hurry = (): void => undefined;

  constructor(
    private readonly wishes: ResetWishes,
    private readonly answers: ResetAnswers,
    private readonly clock: Clock,
  ) {}

  /** A request was kept: it will be answered a moment later. */
  soon(): void {
    this.kept += 1;
    this.underWay ??= this.drain();
  }

  /** Answers what was left behind. */
  @Interval(10_000)
  async sweep(): Promise<void> {
    this.soon();
    await this.underWay;
  }

  /** Resolves when every request kept here before is answered, or stays for the next sweep. */
  async settled(): Promise<void> {
    while (this.underWay) {
      this.hurry();
      await this.underWay;
    }
  }

  /** Before, since the database is closed at the shutdown itself. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private async drain(): Promise<void> {
    await this.pause();
    const seen = this.kept;
    const isFull = await this.takeAll();
    // What came meanwhile waits anew.
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

  /** True when more may be waiting. Never rejects: the database being away, the requests wait for a sweep. */
  private async takeAll(): Promise<boolean> {
    try {
      const wishes = await this.wishes.oldest(batch);
      let taken = 0;
      for (const wish of wishes) if (await this.take(wish)) taken += 1;
      return taken > 0 && wishes.length === batch;
    } catch (error) {
      this.logger.warn(`requests for links could not be read: ${errorMessage(error)}`);
      return false;
    }
  }

  /** One that cannot be answered holds up no other, and ends with what its link would have lived. */
  private async take(wish: ResetWish): Promise<boolean> {
    try {
      if (this.clock.now() - wish.createdAt < linkLife) await this.answers.give(wish);
      else await this.drop(wish);
      return true;
    } catch (error) {
      this.logger.warn(`request for a link ${wish.id} waits for a sweep: ${errorMessage(error)}`);
      return false;
    }
  }

  private async drop(wish: ResetWish): Promise<void> {
    this.logger.warn(`request for a link ${wish.id} is dropped: it comes too late to be of use`);
    await this.wishes.take(wish);
  }
}
