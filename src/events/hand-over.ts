import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, LessThan, LessThanOrEqual } from 'typeorm';
import { Clock } from '../clock.js';
import { Statements } from 'typeorm-unit-of-work';
import { EventBus } from './event-bus.js';
import { PortalEventRow } from './portal-event.entity.js';
import type { EventKeeper, PortalEvent } from './portal-event.js';

/** How long a claim lasts, how often a refused event is tried, and how the waits between tries grow. */
export const handOverLimits = { claimMs: 30_000, parkedAt: 10, longestWaitMs: 300_000, batch: 100 } as const;

/** How long an event waits for company, in milliseconds. */
const gatherMs = 50;

/** How many may wait here; more are left to the sweeps, so that a slow keeper fills no memory. */
const mostWaiting = 1_000;

/** An event to be handed over, and how often it was refused. */
interface Recorded {
  readonly event: PortalEvent;
  readonly tries: number;
}

/**
 * Brings recorded events to everybody who must keep them, at least once and with the same id: at once after the commit,
 * and by a sweep for whatever a killed process left behind.
 */
@Injectable()
export class HandOver implements BeforeApplicationShutdown {
  private readonly logger = new Logger('HandOver');
  private readonly keepers = new Set<EventKeeper>();
  private readonly waiting: PortalEvent[] = [];
  private underWay: Promise<void> | null = null;
  private hurry = (): void => undefined;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /** From now on no event counts as handed over before `keeper` has kept it. */
  register(keeper: EventKeeper): void {
    this.keepers.add(keeper);
  }

  /**
   * Hands over an event whose row this process has claimed, together with what other requests record within a moment:
   * a busy node hands over many at the price of one. Never rejects.
   */
  begin(event: PortalEvent): void {
    if (this.waiting.length < mostWaiting) this.waiting.push(event);
    this.underWay ??= this.drain();
  }

  /** Resolves when everything is handed over whose unit was committed here before, or is refused. */
  async settled(): Promise<void> {
    // What follows a commit begins a moment later.
    await turn();
    while (this.underWay) {
      this.hurry();
      await this.underWay;
    }
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
    if (!(await this.claim(row.id))) return;
    await this.deliver([{ event: JSON.parse(row.body) as PortalEvent, tries: row.tries }]);
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

  private gathered(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, gatherMs);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async drain(): Promise<void> {
    await this.gathered();
    const batch = this.waiting.splice(0, handOverLimits.batch);
    await this.deliver(batch.map((event) => ({ event, tries: 0 })));
    // What came meanwhile gathers again.
    this.underWay = this.waiting.length > 0 ? this.drain() : null;
  }

  private async deliver(batch: readonly Recorded[]): Promise<void> {
    const failures = await this.keepEverywhere(batch.map(({ event }) => event));
    const kept = batch.filter(({ event }) => !failures.has(event.id));
    await this.forget(kept.map(({ event }) => event.id)).catch((error: unknown) =>
      kept.forEach(({ event }) => failures.set(event.id, error)),
    );
    for (const { event, tries } of batch) {
      if (failures.has(event.id)) await this.refused(event, tries + 1, failures.get(event.id));
      else await this.bus.tell(event);
    }
  }

  /** Every keeper is asked, also after one has failed: mail that does not go out must not keep the audit waiting. */
  private async keepEverywhere(events: readonly PortalEvent[]): Promise<Map<string, unknown>> {
    const failures = await Promise.all([...this.keepers].map((keeper) => refusalsOf(keeper, events)));
    return new Map(failures.flatMap((each) => [...each]));
  }

  private async forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await new Statements(this.database).execute('DELETE FROM portal_events WHERE id IN (:ids)', { ids });
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

/** The events that a keeper could not keep, by id, each with the reason. */
async function refusalsOf(
  keeper: EventKeeper,
  events: readonly PortalEvent[],
): Promise<ReadonlyMap<string, unknown>> {
  if (await keptTogether(keeper, events)) return new Map();
  const outcomes = await Promise.allSettled(events.map((event) => keeper.keep(event)));
  return new Map(
    outcomes.flatMap((outcome, i): [string, unknown][] =>
      outcome.status === 'rejected' ? [[events[i]?.id ?? '', outcome.reason]] : [],
    ),
  );
}

/** False: to be kept one by one, so that the one which cannot be kept holds up no other. */
async function keptTogether(keeper: EventKeeper, events: readonly PortalEvent[]): Promise<boolean> {
  if (!keeper.keepAll || events.length === 1) return false;
  try {
    await keeper.keepAll(events);
    return true;
  } catch {
    return false;
  }
}
