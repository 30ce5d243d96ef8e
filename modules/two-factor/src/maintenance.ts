import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { OutboxRelay } from './core/outbox/outbox-relay.js';
import { KeyRingCheck } from './core/encryption/key-ring-check.js';
import { KeyReports } from './core/encryption/key-reports.js';
import { Clock } from './core/contracts/ports/clock.js';
import { Stores } from './core/contracts/stores/stores.js';

/** How often left-over events are taken up and ended rows deleted. */
const EVERY = 5_000;

/** The module's own housekeeping: no host has to call anything. */
@Injectable()
export class Maintenance implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('nestjs-two-factor');
  private timer?: NodeJS.Timeout;
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly outboxRelay: OutboxRelay,
    private readonly stores: Stores,
    private readonly clock: Clock,
    readonly keys: KeyReports,
    private readonly fit: KeyRingCheck,
  ) {}

  onApplicationBootstrap(): void {
    this.outboxRelay.onFailure = (event, outcome, error) => {
      const sentence = `Event ${event.id} (${event.name}) was ${outcome === 'parked' ? 'refused too often and is parked' : 'refused'}`;
      this.logger.error(`${sentence}: ${String(error)}`);
    };
    this.timer = setInterval(() => {
      this.underWay = this.round();
    }, EVERY).unref();
  }

  /**
   * Looks whether the key ring fits what has not ended. What it cannot open is told, and its owners are refused.
   * @throws MissingKey, WrongKey when that is most of it.
   */
  async beforeServing(): Promise<void> {
    await this.stores.tokens.sweep(this.clock.now());
    for (const fault of await this.fit.findFaults()) this.logger.error(fault);
  }

  /** One round; what fails is told and comes up again in the next. */
  async round(): Promise<void> {
    try {
      await this.outboxRelay.sweep();
      const now = this.clock.now();
      await this.stores.tokens.sweep(now);
      await this.stores.attempts.sweep(now);
    } catch (error) {
      this.logger.error(`The upkeep failed and is tried again: ${String(error)}`);
    }
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.underWay;
    await this.outboxRelay.settled();
  }

  /** A clean stop hands over what is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.settled();
  }
}
