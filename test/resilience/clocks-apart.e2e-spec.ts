import { jest } from '@jest/globals';
import { PortalEvents } from '../../src/events/portal-events.js';
import { resetCommand } from '../../src/two-factor/commands/reset.command.js';
import { printed } from '../support/portal/command-line.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { FixedClock } from '../support/portal/fixed-clock.js';
import { getsStarted, pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const room = '/account/security/two-factor';
const isIn = async (visitor: Visitor) => (await visitor.asks('GET', '/invoices')).status === 200;

/** Turns two-factor on in a browser that is signed in. */
async function enrolls(site: Portal, visitor: Visitor): Promise<void> {
  await visitor.goes(`${room}/totp`);
  const app = await getsStarted(site, visitor);
  await visitor.submits({ code: app.code(), label: 'My phone' });
}

forEachDatabase('a session just begun on', (database) => {
  let site: Portal;
  let ahead: Portal;
  let behind: Portal;
  beforeAll(async () => {
    site = await portal({ database });
    const clockAt = (seconds: number) => new FixedClock(site.clock.now() + seconds * 1000);
    ahead = await portal({ besides: site, clock: clockAt(10) });
    behind = await portal({ besides: site, clock: clockAt(-10) });
  });
  afterAll(async () => {
    for (const node of [behind, ahead, site]) await node.close();
  });

  /** Signed in on the two nodes with wrong clocks. */
  async function elsewhere(person: Owner['person']): Promise<Visitor[]> {
    const visitors = [ahead, behind].map((node) => node.visitor());
    for (const visitor of visitors) await visitor.signsIn(person);
    return visitors;
  }

  it('ends with the first set-up, on a node 10 s ahead and on one 10 s behind', async () => {
    const ann = await site.account('Ann');
    const here = site.visitor();
    await here.signsIn(ann);
    const there = await elsewhere(ann);
    await enrolls(site, here);
    expect(await Promise.all([here, ...there].map(isIn))).toEqual([true, false, false]);
  });

  it('ends with the owner’s own end of all others, wherever that is pressed', async () => {
    for (const node of [site, ahead, behind]) {
      const ann = await site.account('Ann');
      const here = node.visitor();
      await here.signsIn(ann);
      const there = await elsewhere(ann);
      expect((await here.asks('POST', '/account/sessions/all/end', {})).status).toBe(200);
      expect(await Promise.all([here, ...there].map(isIn))).toEqual([true, false, false]);
    }
  });

  it('ends with new backup codes', async () => {
    const ann = await owner(site, 'Ann');
    const there = await pending(ahead, ann.person);
    expect((await there.asks('POST', '/login/challenge', { code: ann.app.code() })).status).toBe(200);
    site.clock.passesSeconds(60);
    const { visitor, person, app } = ann;
    await visitor.asks('POST', '/account/confirm', {
      password: person.password,
      kind: 'totp',
      code: app.code(),
    });
    expect((await visitor.asks('POST', `${room}/backup-codes`)).status).toBe(200);
    expect([await isIn(visitor), await isIn(there)]).toEqual([true, false]);
  });

  it('ends with a reset on a command line with a slow clock', async () => {
    const ann = await owner(site, 'Ann');
    const words = ['two-factor:reset', ann.person.email, '--reason', 'lost phone'];
    // It has the machine's own clock, years behind that of these nodes.
    expect(await printed(site, [resetCommand], words)).toContain('was reset');
    expect(await isIn(ann.visitor)).toBe(false);
  });

  it('by the password alone is not in afterwards when its owner enrolls while its transaction waits', async () => {
    const ann = await site.account('Ann');
    const here = site.visitor();
    await here.signsIn(ann);
    const slow = ahead.visitor();
    const events = ahead.app.get(PortalEvents);
    const record = events.record.bind(events);
    let waits = (): void => undefined;
    const begun = new Promise<void>((resolve) => (waits = resolve));
    let goesOn = (): void => undefined;
    const enrolled = new Promise<void>((resolve) => (goesOn = resolve));
    const spy = jest.spyOn(events, 'record').mockImplementationOnce(async (...given) => {
      waits();
      if (database === 'postgres') await enrolled;
      return record(...given);
    });
    const signIn = slow.asks('POST', '/login', { email: ann.email, password: ann.password });
    await begun;
    // On PostgreSQL the enrollment commits while the sign-in is open; elsewhere one of them waits for the other.
    await enrolls(site, here);
    goesOn();
    await signIn;
    expect(spy).toHaveBeenCalledWith('login.succeeded', ...Array<unknown>(3).fill(expect.anything()));
    expect([await isIn(here), await isIn(slow)]).toEqual([true, false]);
  });

  it('is ended once, however often the event of one change is delivered', async () => {
    const ann = await owner(site, 'Ann');
    const there = await pending(site, ann.person);
    expect((await there.asks('POST', '/login/challenge', { code: ann.app.code() })).status).toBe(200);
    await site.settled();
    await site.sweeps();
    expect([await isIn(ann.visitor), await isIn(there)]).toEqual([true, true]);
  });
});
