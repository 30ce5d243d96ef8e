import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, LessThan, LessThanOrEqual } from 'typeorm';
import { Clock } from '../clock.js';
import { EventBus } from './event-bus.js';
import { PortalEventRow } from './portal-event.entity.js';
import type { EventKeeper, PortalEvent } from './portal-event.js';

/** How long a claim lasts, how often a refused event is tried, and how the waits between tries grow. */
export const handOverLimits = { claimMs: 30_000, parkedAt: 10, longestWaitMs: 300_000, batch: 100 } as const;

/**
 * Brings recorded events to everybody who must keep them, at least once and with the same id: at once after the commit,
 * and by a sweep for whatever a killed process left behind.
 */
@Injectable()
export class HandOver implements BeforeApplicationShutdown {
  private readonly logger = new Logger('HandOver');
  private readonly keepers = new Set<EventKeeper>();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /** From now on no event counts as handed over before `keeper` has kept it. */
  register(keeper: EventKeeper): void {
    this.keepers.add(keeper);
  }

  /** Hands over an event whose row this process has claimed. Never rejects. */
  begin(event: PortalEvent): void {
    const job = this.deliver(event, 0).finally(() => this.running.delete(job));
    this.running.add(job);
  }

  /** Resolves when everything is handed over whose unit was committed here before, or is refused. */
  async settled(): Promise<void> {
    // What follows a commit begins a moment later.
    await new Promise(setImmediate);
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** Hands over what is due: its claim ran out, or its next try has come. */
  @Interval(10_000)
  async sweep(): Promise<void> {
    try {
      for (const row of await this.due()) await this.retry(row);
    } catch (error) {
      // The database is away: the next sweep tries again, and readiness tells of it.
      this.logger.warn(`events could not be swept: ${String(error)}`);
    }
  }

  /** Before, since the database is closed at the shutdown itself. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  private due(): Promise<PortalEventRow[]> {
    const { parkedAt, batch } = handOverLimits;
    return this.database.manager.find(PortalEventRow, {
      where: { claimedUntil: LessThanOrEqual(this.clock.now()), tries: LessThan(parkedAt) },
      order: { createdAt: 'ASC' },
      take: batch,
    });
  }

  private async retry(row: PortalEventRow): Promise<void> {
    if (await this.claim(row.id)) await this.deliver(JSON.parse(row.body) as PortalEvent, row.tries);
  }

  /** True for exactly one process. */
  private async claim(id: string): Promise<boolean> {
    const now = this.clock.now();
    const claimed = await this.database.manager.update(
      PortalEventRow,
      { id, claimedUntil: LessThanOrEqual(now) },
      { claimedUntil: now + handOverLimits.claimMs },
    );
    return claimed.affected === 1;
  }

  private async deliver(event: PortalEvent, tries: number): Promise<void> {
    try {
      await this.keepEverywhere(event);
      await this.database.manager.delete(PortalEventRow, { id: event.id });
    } catch (error) {
      await this.refused(event, tries + 1, error);
      return;
    }
    await this.bus.tell(event);
  }

  /** Every keeper is asked, also after one has failed: mail that does not go out must not keep the audit waiting. */
  private async keepEverywhere(event: PortalEvent): Promise<void> {
    const outcomes = await Promise.allSettled([...this.keepers].map((keeper) => keeper.keep(event)));
    const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    if (failures.length > 0) throw failures[0];
  }

  private async refused(event: PortalEvent, tries: number, error: unknown): Promise<void> {
    const parked = tries >= handOverLimits.parkedAt;
    const line = `event ${event.name} ${event.id} was not kept (try ${tries}): ${String(error)}`;
    if (parked) this.logger.error(`${line}; parked, it needs an operator`);
    else this.logger.warn(line);
    const again = this.clock.now() + Math.min(1000 * 2 ** tries, handOverLimits.longestWaitMs);
    // When this fails too, the claim runs out by itself and the sweep comes back to it.
    await this.database.manager
      .update(PortalEventRow, { id: event.id }, { tries, claimedUntil: again })
      .catch(() => undefined);
  }
}
