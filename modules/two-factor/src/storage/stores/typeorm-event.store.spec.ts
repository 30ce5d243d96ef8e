import type { Statements } from 'typeorm-unit-of-work';
import { TypeOrmEventStore } from './typeorm-event.store.js';

describe('an event that an older release stored', () => {
  it('is delivered with the version of the envelope', async () => {
    const event = { id: 'e1', name: 'two-factor.enabled', data: { kind: 'totp' } };
    const rows = [{ body: JSON.stringify({ event, sideEffects: { notice: 'enabled' } }), tries: 2 }];
    const store = new TypeOrmEventStore({ query: () => Promise.resolve(rows) } as unknown as Statements);
    const [found] = await store.findDue(0, 10, 1);
    expect(found).toEqual({ event: { ...event, version: 1 }, sideEffects: { notice: 'enabled' }, tries: 2 });
  });
});
