import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import type { Person } from '../support/people/accounts.js';
import { pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { newLink } from '../support/people/reset-link.js';
import type { Visitor } from '../support/people/visitor.js';

const fresh = 'a brand new password';
const wrong = 'not the password';
const minute = 60_000;

describe('a person who has just reset their password', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal();
  });
  afterAll(() => house.close());

  /** Five wrong passwords: further attempts from this visitor's address are refused. */
  async function guesses(visitor: Visitor, ann: Person): Promise<void> {
    for (let times = 0; times < 5; times++) await visitor.signsIn({ ...ann, password: wrong });
    expect((await visitor.signsIn(ann)).status).toBe(429);
  }

  async function replaces(visitor: Visitor, person: Person): Promise<Person> {
    await visitor.goes(await newLink(house, person));
    await visitor.submits({ password: fresh });
    return { ...person, password: fresh };
  }

  it('signs in at once, however often the old one was got wrong at that address', async () => {
    const [ann, visitor] = [await house.account('Ann'), house.visitor()];
    await guesses(visitor, ann);
    const renewed = await replaces(visitor, ann);
    expect((await visitor.signsIn(renewed)).address).toBe('/');
  });

  it('does not help a person who guesses from another address, or at another account from the same one', async () => {
    const [ann, bob] = [await house.account('Ann'), await house.account('Bob')];
    const [visitor, stranger] = [house.visitor(), house.visitor()];
    await guesses(stranger, ann);
    await guesses(visitor, bob);
    const renewed = await replaces(visitor, ann);
    expect((await stranger.signsIn(renewed)).status).toBe(429);
    expect((await visitor.signsIn(bob)).status).toBe(429);
  });

  it('does not end the wait by a link that was refused', async () => {
    const [ann, visitor] = [await house.account('Ann'), house.visitor()];
    const link = await newLink(house, ann);
    expect((await house.visitor().asks('POST', link, { password: fresh })).status).toBe(200);
    const renewed = { ...ann, password: fresh };
    await guesses(visitor, renewed);
    expect((await visitor.asks('POST', link, { password: fresh })).status).toBe(404);
    expect((await visitor.signsIn(renewed)).status).toBe(429);
  });

  describe('and is asked for a second factor', () => {
    /** Five wrong codes: the pending login has ended, and the account waits. */
    async function misses({ person, app }: Owner): Promise<void> {
      const visitor = await pending(house, person);
      const miss = app.code() === '000000' ? '000001' : '000000';
      for (let times = 0; times < 5; times++) await visitor.submits({ code: miss });
      await house.settled();
    }

    const tries = async ({ person, app }: Owner) =>
      (await pending(house, person)).submits({ code: app.code() });

    it('need not wait for the misses before, which stay counted', async () => {
      const ann = await owner(house, 'Ann');
      await misses(ann);
      expect((await tries(ann)).status).toBe(429);
      const renewed = { ...ann, person: await replaces(house.visitor(), ann.person) };
      await house.settled();
      await misses(renewed);
      // The first run waits a minute, the second five: what had been counted still was.
      house.clock.advance(4 * minute);
      expect((await tries(renewed)).status).toBe(429);
      house.clock.advance(minute);
      expect((await tries(renewed)).address).toBe('/');
    });

    it('proves it at once with the right code, and only then is signed in', async () => {
      const ann = await owner(house, 'Ann');
      await misses(ann);
      const renewed = { ...ann, person: await replaces(house.visitor(), ann.person) };
      await house.settled();
      const visitor = await pending(house, renewed.person);
      const entries = await house.database.manager.findBy(AuditEntryRow, {
        accountId: ann.person.id,
        name: 'login.succeeded',
      });
      // The one of the set-up.
      expect([visitor.page.address, entries.length]).toEqual(['/login/challenge', 1]);
      expect((await visitor.submits({ code: ann.app.code() })).address).toBe('/');
    });
  });
});
