import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { OutboxRelay } from './core/outbox/outbox-relay.js';
import { KeyRingCheck } from './core/encryption/key-ring-check.js';
import { KeyReports } from './core/encryption/key-reports.js';
import { RecoveryUpkeep } from './core/recovery-desk/recovery-upkeep.js';
import { Clock } from './core/contracts/ports/clock.js';
import { Stores } from './core/contracts/stores/stores.js';

/** How often left events are delivered and ended rows deleted. */
const EVERY = 5_000;

/** How long a lock-down that has ended is kept. Milliseconds. */
const LOCK_DOWNS_KEPT = 30 * 86_400_000;
/** How long staff still see a caller check after its end. */
const KEPT = 3_600_000;

/** The module's own maintenance: hosts need not call it. */
@Injectable()
export class Maintenance implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('nestjs-two-factor');
  @Inject(RecoveryUpkeep)
  private readonly recoveryUpkeep: RecoveryUpkeep;
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
    this.outboxRelay.onFailure = ({ event }, outcome, error) => {
      const sentence = `Event ${event.id} (${event.name}) was ${outcome === 'parked' ? 'refused too often and is parked' : 'refused'}`;
      this.logger.error(`${sentence}: ${String(error)}`);
    };
    this.timer = setInterval(() => {
      this.underWay = this.round();
    }, EVERY).unref();
  }

  /**
   * Checks whether the key ring fits the stored values. Values that it cannot decrypt are reported, and their owners
   * are refused.
   * @throws MissingKey, WrongKey when it cannot decrypt most of them.
   */
  async beforeServing(): Promise<void> {
    await this.stores.tokens.sweep(this.clock.now());
    for (const fault of await this.fit.findFaults()) this.logger.error(fault);
  }

  /** One round; a failure is logged, and the next round tries again. */
  async round(): Promise<void> {
    try {
      await this.outboxRelay.sweep();
      const now = this.clock.now();
      await this.stores.tokens.sweep(now);
      await this.stores.attempts.sweep(now);
      await this.stores.removed.sweep(now);
      await this.stores.lockDowns.sweep(now, now - LOCK_DOWNS_KEPT);
      await this.stores.callerChecks.sweep(now - KEPT);
      await this.recoveryUpkeep.sweep();
    } catch (error) {
      this.logger.error(`The upkeep failed and is tried again: ${String(error)}`);
    }
  }

  /** Resolves when no work is running. */
  async settled(): Promise<void> {
    await this.underWay;
    await this.outboxRelay.settled();
  }

  /** Delivers the remaining events before a clean stop. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.settled();
  }
}
