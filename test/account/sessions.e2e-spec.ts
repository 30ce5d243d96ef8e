import { SessionRow } from '../../src/auth/sessions/rows/session.entity.js';
import type { Person } from '../support/people/accounts.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const endButton = 'form[action^="/account/sessions/"]';

forEachDatabase('sessions on', (database) => {
  let site: Portal;
  let otherNode: Portal;
  beforeAll(async () => {
    site = await portal({ database, modules: [] });
    otherNode = await portal({ besides: site, modules: [] });
  });
  afterAll(async () => {
    await otherNode.close();
    await site.close();
  });

  async function signedIn(person: Person): Promise<Visitor> {
    const visitor = site.visitor();
    await visitor.signsIn(person);
    return visitor;
  }
  const isIn = async (visitor: Visitor) => (await visitor.asks('GET', '/invoices')).status === 200;

  it('are listed for their owner, who ends one of them', async () => {
    const ann = await site.account('Ann');
    const [here, there] = [await signedIn(ann), await signedIn(ann)];
    await here.goes('/account/sessions');
    expect(here.page.all('.row-item')).toHaveLength(2);
    expect(here.page.text).toContain(there.address);
    await here.presses(here.page.attribute(endButton, 'action') ?? '');
    expect(here.page.all('.row-item')).toHaveLength(1);
    expect(here.page.all('[role=status]')).toEqual(['That session has ended.']);
    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
  });

  it('end all but one at a single press', async () => {
    const ann = await site.account('Ann');
    const [here, ...others] = [await signedIn(ann), await signedIn(ann), await signedIn(ann)];
    await here.goes('/account/sessions');
    const page = await here.presses('/account/sessions/all/end');
    expect(page.all('[role=status]')).toEqual(['All other sessions have ended.']);
    expect(await isIn(here)).toBe(true);
    expect(await Promise.all(others.map(isIn))).toEqual([false, false]);
  });

  it('cannot be ended by another account', async () => {
    const [ann, eve] = [await signedIn(await site.account('Ann')), await signedIn(await site.account('Eve'))];
    const list = await ann.asks('GET', '/account/sessions');
    const [{ id }] = list.body['sessions'] as [{ id: string }];
    expect((await eve.asks('POST', `/account/sessions/${id}/end`)).status).toBe(404);
    for (const odd of ['%00', "'", '0', 'ALL', `${id}%20`])
      expect((await eve.asks('POST', `/account/sessions/${odd}/end`)).status).toBe(404);
    expect(await isIn(ann)).toBe(true);
  });

  it('stay as they are when a click carries fields', async () => {
    const ann = await site.account('Ann');
    const [here, there] = [await signedIn(ann), await signedIn(ann)];
    for (const path of ['/account/sessions/all/end', '/logout'])
      expect((await here.asks('POST', path, { admin: '1' })).status).toBe(400);
    expect([await isIn(here), await isIn(there)]).toEqual([true, true]);
  });

  it('end on every node at once', async () => {
    const ann = await site.account('Ann');
    const visitor = await signedIn(ann);
    const elsewhere = otherNode.visitor();
    visitor.cookies.copyTo(elsewhere.cookies);
    expect(await isIn(elsewhere)).toBe(true);
    await visitor.presses('/logout');
    expect(await isIn(elsewhere)).toBe(false);
  });

  it('of customers end after half an hour without a request', async () => {
    const visitor = await signedIn(await site.account('Ann'));
    site.clock.passesMinutes(29);
    expect(await isIn(visitor)).toBe(true);
    site.clock.passesMinutes(29);
    expect(await isIn(visitor)).toBe(true);
    site.clock.passesMinutes(30);
    expect(await isIn(visitor)).toBe(false);
  });

  it('of staff end after a quarter of an hour without a request', async () => {
    const visitor = await signedIn(await site.account('Sam', 'support'));
    site.clock.passesMinutes(14);
    expect(await isIn(visitor)).toBe(true);
    site.clock.passesMinutes(15);
    expect(await isIn(visitor)).toBe(false);
  });

  it('end a day after they began, however busy', async () => {
    const visitor = await signedIn(await site.account('Ann'));
    for (let minutes = 20; minutes < 24 * 60; minutes += 20) {
      site.clock.passesMinutes(20);
      expect(await isIn(visitor)).toBe(true);
    }
    site.clock.passesMinutes(20);
    expect(await isIn(visitor)).toBe(false);
  });

  it('cannot be brought back by a request that was slow', async () => {
    const visitor = await signedIn(await site.account('Ann'));
    const slow = visitor.twin();
    site.clock.passesMinutes(2);
    const answers = Promise.all([slow.asks('GET', '/invoices'), visitor.asks('POST', '/logout')]);
    await answers;
    expect(await isIn(slow)).toBe(false);
  });

  it('note the last request at most once a minute', async () => {
    const ann = await site.account('Ann');
    const visitor = await signedIn(ann);
    const seen = async () => {
      const row = await site.database.manager.findOneByOrFail(SessionRow, { accountId: ann.id });
      return row.lastSeenAt;
    };
    const begun = await seen();
    site.clock.passesSeconds(59);
    await isIn(visitor);
    expect(await seen()).toBe(begun);
    site.clock.passesSeconds(1);
    await isIn(visitor);
    expect(await seen()).toBe(begun + 60_000);
  });

  it('keep neither the id nor anything else of the cookie in the table', async () => {
    const ann = await site.account('Ann');
    const visitor = await signedIn(ann);
    const cookie =
      decodeURIComponent(visitor.cookies.get('portal') ?? '')
        .slice(2)
        .split('.')[0] ?? '';
    expect(cookie.length).toBeGreaterThan(40);
    const row = await site.database.manager.findOneByOrFail(SessionRow, { accountId: ann.id });
    expect(JSON.stringify(row)).not.toContain(cookie);
  });
});
