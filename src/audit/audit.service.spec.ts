import { randomUUID } from 'node:crypto';
import { forEachDatabase } from '../../test/support/databases/databases.js';
import { type Scratch, scratchDatabase } from '../../test/support/databases/scratch-database.js';
import { transaction } from 'typeorm-unit-of-work';
import type { OutboxRelay } from '../events/outbox-relay.js';
import type { PortalEvent } from '../events/portal-event.js';
import { Audit, type AuditPlace } from './audit.service.js';

function event(facts: Partial<PortalEvent> = {}): PortalEvent {
  const envelope = { ip: '192.0.2.7', userAgent: 'Firefox', requestId: 'r1' };
  const actor = { type: 'account', id: 'ann' } as const;
  return {
    ...envelope,
    ...{ id: randomUUID(), name: 'logout', version: 1, at: 5, accountId: 'ann', actor, data: {} },
    ...facts,
  };
}

forEachDatabase('on', (kind) => {
  let scratch: Scratch;
  let audit: Audit;

  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    audit = new Audit(scratch.database, {} as OutboxRelay);
  });
  afterAll(() => scratch.close());

  describe('the audit', () => {
    it('has one entry for an event, however often and however simultaneously it comes', async () => {
      const accountId = randomUUID();
      const twice = event({ accountId });
      await Promise.all(Array.from({ length: 10 }, () => audit.handle(twice)));
      await audit.handle(twice);
      expect(await audit.listOf(accountId, 10)).toHaveLength(1);
    });

    it('keeps all that the event said', async () => {
      const accountId = randomUUID();
      const { id: eventId } = await keep({ accountId, at: Date.UTC(2030, 0, 1), data: { reason: "'; --" } });
      expect(await audit.listOf(accountId, 10)).toEqual([
        {
          ...{ eventId, at: Date.UTC(2030, 0, 1), name: 'logout', accountId, actorType: 'account' },
          ...{ actorId: 'ann', ip: '192.0.2.7', userAgent: 'Firefox', requestId: 'r1' },
          data: '{"reason":"\'; --"}',
        },
      ]);
    });

    it('keeps an event whose texts are longer than its columns', async () => {
      const accountId = randomUUID();
      await keep({ accountId, name: 'n'.repeat(300), userAgent: 'u'.repeat(1000), ip: '1'.repeat(100) });
      expect(await audit.listOf(accountId, 10)).toHaveLength(1);
    });

    it('has no entry of a unit that was rolled back, and may hear of the event again', async () => {
      const accountId = randomUUID();
      const once = event({ accountId });
      const failing = transaction(scratch.database, async (manager) => {
        await audit.handle(once, manager);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await audit.listOf(accountId, 10)).toEqual([]);
      await audit.handle(once);
      expect(await audit.listOf(accountId, 10)).toHaveLength(1);
    });

    it('narrows by event name and by account', async () => {
      const accountId = randomUUID();
      const other = randomUUID();
      await keep({ accountId, name: 'login.failed' });
      await keep({ accountId });
      await keep({ accountId: other, name: 'login.failed' });
      expect(await audit.list({ accountId, name: 'login.failed', limit: 9 })).toHaveLength(1);
      expect(await audit.list({ accountId, limit: 9 })).toHaveLength(2);
    });

    it('shows each entry once over its pages, also those of the same millisecond and while others arrive', async () => {
      const accountId = randomUUID();
      for (const at of [7, 7, 7, 8, 9]) await keep({ accountId, at });
      const seen: string[] = [];
      for (let after: AuditPlace | undefined; ;) {
        const page = await audit.list({ accountId, limit: 2, ...(after && { after }) });
        await keep({ accountId, at: 10 });
        seen.push(...page.map((entry) => entry.eventId));
        after = page.at(-1);
        if (!after) break;
      }
      expect(seen).toHaveLength(5);
      expect(new Set(seen).size).toBe(5);
    });
  });

  async function keep(facts: Partial<PortalEvent>): Promise<PortalEvent> {
    const kept = event(facts);
    await audit.handle(kept);
    return kept;
  }
});
