import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { FixedClock } from '../../test/support/portal/fixed-clock.js';
import { forEachDatabase } from '../../test/support/databases/databases.js';
import { storyDatabase } from '../../test/support/databases/story-database.js';
import { AfterCommit, transaction } from 'typeorm-unit-of-work';
import type { EventBus } from './event-bus.js';
import { OutboxRelay, relayLimits } from './outbox-relay.js';
import { PortalEventRow } from './portal-event.entity.js';
import type { PortalEvent } from './portal-event.js';
import { PortalEvents } from './portal-events.js';

const facts = { accountId: 'ann', actor: { type: 'account', id: 'ann' }, data: {} } as const;

/** One process of the portal, reduced to its events. */
function node(database: DataSource, clock: FixedClock) {
  const told: PortalEvent[] = [];
  const kept: PortalEvent[] = [];
  const refusals = { left: 0 };
  const bus = { publish: async (event: PortalEvent) => void told.push(event) } as unknown as EventBus;
  const outboxRelay = new OutboxRelay(database, clock, bus);
  const keep = async (event: PortalEvent) => {
    if (refusals.left-- > 0) throw new Error('the disk is full');
    kept.push(event);
  };
  outboxRelay.subscribe({ handle: keep });
  const commits = new AfterCommit(database);
  return {
    events: new PortalEvents(database, clock, commits, outboxRelay),
    outboxRelay,
    kept,
    told,
    refusals,
  };
}

forEachDatabase('on', (kind) => {
  const ground = storyDatabase(kind, PortalEventRow);
  let clock: FixedClock;
  let one: ReturnType<typeof node>;

  beforeEach(() => {
    clock = new FixedClock();
    one = node(ground.database, clock);
  });

  const rows = () => ground.database.manager.find(PortalEventRow);

  describe('an event', () => {
    it('is kept, then told, then forgotten here', async () => {
      const event = await one.events.record('login.succeeded', facts, null);
      await one.outboxRelay.settled();
      expect(one.kept).toEqual([event]);
      expect(one.told).toEqual([event]);
      expect(await rows()).toEqual([]);
    });

    it('is not handed over before its unit is committed', async () => {
      await transaction(ground.database, async (manager) => {
        await one.events.record('password.changed', facts, null, manager);
        await one.outboxRelay.settled();
        expect(one.kept).toEqual([]);
      });
      await one.outboxRelay.settled();
      expect(one.kept).toHaveLength(1);
    });

    it('of a unit that was rolled back never happened', async () => {
      const failing = transaction(ground.database, async (manager) => {
        await one.events.record('password.changed', facts, null, manager);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await one.outboxRelay.settled();
      expect(one.kept).toEqual([]);
      expect(await rows()).toEqual([]);
    });

    it('that nobody could keep is not told, and comes again with the same id', async () => {
      one.refusals.left = 2;
      const { id } = await one.events.record('logout', facts, null);
      await one.outboxRelay.settled();
      for (let tries = 0; tries < 2; tries++) {
        expect(one.told).toEqual([]);
        clock.advance(relayLimits.longestWaitMs);
        await one.outboxRelay.sweep();
      }
      expect(one.told.map((event) => event.id)).toEqual([id]);
      expect(await rows()).toEqual([]);
    });

    it('is kept by everybody else although one cannot, and by that one later', async () => {
      const other: PortalEvent[] = [];
      one.outboxRelay.subscribe({ handle: async (event) => void other.push(event) });
      one.refusals.left = 1;
      const { id } = await one.events.record('logout', facts, null);
      await one.outboxRelay.settled();
      expect(other.map((event) => event.id)).toEqual([id]);
      expect(one.kept).toEqual([]);
      clock.advance(relayLimits.longestWaitMs);
      await one.outboxRelay.sweep();
      expect(one.kept.map((event) => event.id)).toEqual([id]);
    });

    it('is kept together with those that were recorded at the same time', async () => {
      const together: number[] = [];
      one.outboxRelay.subscribe({
        handle: async () => Promise.reject(new Error('asked one by one')),
        handleAll: async (events) => void together.push(events.length),
      });
      await transaction(ground.database, async (manager) => {
        for (let i = 0; i < 5; i++) await one.events.record('logout', facts, null, manager);
      });
      await one.outboxRelay.settled();
      expect(together).toEqual([5]);
      expect(one.told).toHaveLength(5);
      expect(await rows()).toEqual([]);
    });

    it('that cannot be kept holds up none of those handed over with it', async () => {
      const kept: string[] = [];
      const keep = async ({ id, name }: PortalEvent) => {
        if (name === 'login.failed') throw new Error('not this one');
        kept.push(id);
      };
      const handleAll = async (events: readonly PortalEvent[]) => {
        for (const event of events) await keep(event);
      };
      one.outboxRelay.subscribe({ handle: keep, handleAll: handleAll });
      const failed = { ...facts, data: { reason: 'credentials' } } as const;
      await transaction(ground.database, async (manager) => {
        await one.events.record('login.failed', failed, null, manager);
        await one.events.record('logout', facts, null, manager);
      });
      await one.outboxRelay.settled();
      expect(one.told.map(({ name }) => name)).toEqual(['logout']);
      expect(new Set(kept).size).toBe(1);
      expect(await rows()).toHaveLength(1);
    });

    it('is parked after 10 refusals and not lost', async () => {
      one.refusals.left = 100;
      const alarm = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
      await one.events.record('logout', facts, null);
      await one.outboxRelay.settled();
      for (let sweeps = 0; sweeps < 20; sweeps++) {
        clock.advance(relayLimits.longestWaitMs);
        await one.outboxRelay.sweep();
      }
      expect(100 - one.refusals.left).toBe(10);
      expect(await rows()).toHaveLength(1);
      expect(alarm).toHaveBeenCalledTimes(1);
      alarm.mockRestore();
    });
  });

  describe('a process that was killed after the commit', () => {
    async function killedAfterRecording(): Promise<PortalEvent> {
      const killed = node(ground.database, clock);
      jest.spyOn(killed.outboxRelay, 'enqueue').mockReturnValue(undefined);
      return killed.events.record('login.succeeded', facts, null);
    }

    it('loses no event: any other hands it over once the claim has run out', async () => {
      const event = await killedAfterRecording();
      await one.outboxRelay.sweep();
      expect(one.kept).toEqual([]);
      clock.advance(relayLimits.claimMs);
      await one.outboxRelay.sweep();
      expect(one.kept).toEqual([event]);
    });

    it('leaves its events to one of many, not to each', async () => {
      await killedAfterRecording();
      clock.advance(relayLimits.claimMs);
      const others = Array.from({ length: 5 }, () => node(ground.database, clock));
      await Promise.all(others.map(({ outboxRelay }) => outboxRelay.sweep()));
      expect(others.flatMap(({ kept }) => kept)).toHaveLength(1);
    });
  });
});
