import { SystemClock } from '../../../src/clock.js';
import { serverTime } from '../../../src/database/database-time.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const machine = new SystemClock();

forEachDatabase('a node whose clock differs from that of', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, modules: [], databaseTime: serverTime });
  });
  afterAll(() => site.close());

  /** Sets the node's clock so far from the machine's, which the database has. The question itself takes milliseconds. */
  async function probe(ahead: number): Promise<{ status: number; body: unknown }> {
    site.clock.advance(machine.now() + ahead - site.clock.now());
    const { status, body } = await site.visitor().asks('GET', '/readyz');
    return { status, body };
  }
  const about = (seconds: number) => ({
    details: { clock: { aheadOfDatabaseSeconds: expect.closeTo(seconds, 0) as number } },
  });

  if (database === 'sqlite') {
    it('does not exist: both have one clock', async () => {
      expect(await probe(3_600_000)).toEqual({ status: 200, body: { status: 'ok' } });
    });
    return;
  }

  it.each([0, 4_000, -4_000])('is ready and has nothing to say at %i ms', async (ahead) => {
    expect(await probe(ahead)).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it.each([7, -7, 18, -18])('says so and is ready at %i s', async (seconds) => {
    expect(await probe(seconds * 1000)).toEqual({ status: 200, body: { ...about(seconds), status: 'ok' } });
  });

  it.each([23, -23, 3600])('says so and is not ready at %i s', async (seconds) => {
    const body = { ...about(seconds), status: 'unavailable' };
    expect(await probe(seconds * 1000)).toEqual({ status: 503, body });
  });

  it('is ready again once its clock is right', async () => {
    expect((await probe(60_000)).status).toBe(503);
    expect((await probe(0)).status).toBe(200);
  });
});
