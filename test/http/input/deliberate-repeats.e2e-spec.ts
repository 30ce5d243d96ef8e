import { forEachDatabase } from '../../support/databases/databases.js';
import { owner, pending } from '../../support/people/owner.js';
import type { Visitor } from '../../support/people/visitor.js';
import { portal, type Portal } from '../../support/portal/portal.js';

/** Where and when the later posts are sent, after the first one. */
const ways = [
  { where: 'on one node, at once', nodes: 1, after: 0 },
  { where: 'on two nodes, within 5 seconds', nodes: 2, after: 1_500 },
] as const;

forEachDatabase('a form that is sent again on purpose, on', (database) => {
  let site: Portal;
  let other: Portal;
  beforeAll(async () => {
    site = await portal({ database });
    other = await portal({ database, besides: site });
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  describe.each(ways)('$where', ({ nodes, after }) => {
    /** Sends the form once with each of these values, every second time on the other node. */
    async function sends(visitor: Visitor, field: string, values: readonly string[], action?: string) {
      for (const [i, value] of values.entries()) {
        const tab = visitor.twin(nodes === 2 && i % 2 === 1 ? other.url : site.url);
        const page = await tab.submits({ [field]: value }, action);
        expect([value, page.status, page.all('[role=alert]')]).toEqual([value, 200, []]);
        site.clock.advance(after);
      }
    }

    it('changes a name back', async () => {
      const [ann, visitor] = [await site.account('Ann'), site.visitor()];
      await visitor.signsIn(ann);
      await visitor.goes('/account/profile');
      await sends(visitor, 'name', ['Anna', 'Bella', 'Anna']);
      expect((await visitor.goes('/account/profile')).attribute('#name', 'value')).toBe('Anna');
    });

    it('renames a factor back', async () => {
      const { visitor } = await owner(site, 'Ann');
      await visitor.goes('/account/security');
      const action = visitor.page.attribute('form[action$="/rename"]', 'action') ?? '';
      await sends(visitor, 'label', ['One', 'Two', 'One'], action);
      const page = await visitor.goes('/account/security');
      expect(page.attribute(`form[action="${action}"] [name=label]`, 'value')).toBe('One');
    });

    it('ends the sessions that began since', async () => {
      const [ann, visitor, later] = [await site.account('Ann'), site.visitor(), site.visitor()];
      await site.visitor().signsIn(ann);
      await visitor.signsIn(ann);
      await visitor.goes('/account/sessions');
      const tab = visitor.twin(nodes === 2 ? other.url : site.url);
      await visitor.presses('/account/sessions/all/end');
      site.clock.advance(after);
      await later.signsIn(ann);
      expect((await later.goes('/invoices')).address).toBe('/invoices');
      expect((await tab.presses('/account/sessions/all/end')).address).toContain('done=all-ended');
      expect((await later.goes('/invoices')).address).toMatch(/^\/login/);
    });

    it('is answered from the store where nothing was sent in between', async () => {
      const [ann, visitor] = [await site.account('Ann'), site.visitor()];
      await visitor.signsIn(ann);
      await visitor.goes('/tickets');
      const tab = visitor.twin(nodes === 2 ? other.url : site.url);
      const fields = { subject: 'Down', body: 'It is down.' };
      const first = await visitor.submits(fields);
      site.clock.advance(after);
      expect((await tab.submits(fields)).address).toBe(first.address);
    });
  });

  it('forgets the browsers that were trusted since', async () => {
    const { person, app, visitor } = await owner(site, 'Ann');
    const [earlier, later] = [await pending(site, person), await pending(site, person)];
    await earlier.submits({ code: app.code(), trustDevice: 'on' }, '/login/challenge');
    site.clock.advance(30_000);
    await visitor.goes('/account/security');
    const tab = visitor.twin();
    await visitor.presses('/account/security/devices/all/forget');
    await later.submits({ code: app.code(), trustDevice: 'on' }, '/login/challenge');
    expect((await visitor.goes('/account/security')).text).toContain('Forget');
    await tab.presses('/account/security/devices/all/forget');
    expect((await visitor.goes('/account/security')).text).not.toContain('Forget');
  });

  it('forgets no answer because of another session, or of a refused post', async () => {
    const [ann, visitor, elsewhere] = [await site.account('Ann'), site.visitor(), site.visitor()];
    await visitor.signsIn(ann);
    await elsewhere.signsIn(ann);
    await visitor.goes('/tickets');
    const [tab, refused] = [visitor.twin(), visitor.twin()];
    const fields = { subject: 'Down', body: 'It is down.' };
    const first = await visitor.submits(fields);
    await elsewhere.goes('/account/profile');
    await elsewhere.submits({ name: 'Anna' });
    expect((await refused.submits({ subject: '', body: 'x' })).status).toBe(400);
    expect((await tab.submits(fields)).address).toBe(first.address);
  });
});
