import { KeptFormRow } from '../../src/form-posts/kept-forms/kept-form.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import type { Person } from '../support/people/accounts.js';
import { confirms, owner, pending } from '../support/people/owner.js';
import type { Visitor } from '../support/people/visitor.js';
import { portal, type Portal } from '../support/portal/portal.js';

const idle = 31 * 60_000;
const ended = 'Your session has ended. Please sign in again.';
const kept = 'kept for 15 minutes';
const note = 'Your session had ended, so this form was not sent.';

forEachDatabase('several forms that are sent after the session has ended, on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  const rows = ({ id }: Person) => site.database.manager.countBy(KeptFormRow, { accountId: id });

  /** Tabs of one browser with these pages, whose session has ended by time. */
  async function tabs(person: Person, ...paths: readonly string[]): Promise<Visitor[]> {
    const visitor = site.visitor();
    await visitor.signsIn(person);
    const opened: Visitor[] = [];
    for (const path of paths) {
      await visitor.goes(path);
      opened.push(visitor.twin());
    }
    site.clock.advance(idle);
    return opened;
  }

  /** A new tab of the browser, signed in again. The browser has the cookies of these tabs, each newer than those before. */
  async function signsInAgain(person: Person, ...of: readonly Visitor[]): Promise<Visitor> {
    const tab = site.visitor();
    for (const each of of) each.cookies.copyTo(tab.cookies);
    await tab.signsIn(person);
    return tab;
  }

  const subjectOn = async (tab: Visitor) => (await tab.goes('/tickets')).attribute('#subject', 'value');
  const nameOn = async (tab: Visitor) => (await tab.goes('/account/profile')).attribute('#name', 'value');

  it('are all shown again, one after the other', async () => {
    const ann = await site.account('Ann');
    const [ticket, profile] = (await tabs(ann, '/tickets', '/account/profile')) as [Visitor, Visitor];
    await ticket.submits({ subject: 'Down', body: 'It is down.' });
    ticket.cookies.copyTo(profile.cookies);
    await profile.submits({ name: 'Anna' });
    const tab = await signsInAgain(ann, profile);
    expect([await subjectOn(tab), await nameOn(tab)]).toEqual(['Down', 'Anna']);
    await tab.submits({ name: 'Anna' });
    expect([await subjectOn(tab), await rows(ann)]).toEqual(['Down', 1]);
  });

  it('are all shown again when they were sent at the same time', async () => {
    const ann = await site.account('Ann');
    const opened = (await tabs(ann, '/tickets', '/account/profile')) as [Visitor, Visitor];
    const [ticket, profile] = opened;
    await Promise.all([
      ticket.submits({ subject: 'Down', body: 'It is down.' }),
      profile.submits({ name: 'Anna' }),
    ]);
    const tab = await signsInAgain(ann, ...opened);
    expect([await subjectOn(tab), await nameOn(tab)]).toEqual(['Down', 'Anna']);
  });

  it('are shown again one by one where they have the same address, the newest first', async () => {
    const ann = await site.account('Ann');
    const [one, two] = (await tabs(ann, '/tickets', '/tickets')) as [Visitor, Visitor];
    await one.submits({ subject: 'First', body: 'Typed' });
    one.cookies.copyTo(two.cookies);
    for (const again of [two.twin(), two]) await again.submits({ subject: 'Second', body: 'Typed' });
    expect(await rows(ann)).toBe(2);
    const tab = await signsInAgain(ann, two);
    expect(await subjectOn(tab)).toBe('Second');
    await tab.submits({ subject: 'Second', body: 'Typed' });
    expect(await subjectOn(tab)).toBe('First');
    await tab.submits({ subject: 'First', body: 'Typed' });
    expect([(await tab.goes('/tickets')).text.includes(note), await rows(ann)]).toEqual([false, 0]);
  });

  it('are shown again after two sessions, and after another account in the same browser', async () => {
    const [ann, bob] = [await site.account('Ann'), await site.account('Bob')];
    const [ticket] = (await tabs(ann, '/tickets')) as [Visitor];
    await ticket.submits({ subject: 'Of Ann', body: 'Typed' });
    for (const [person, path, fields] of [
      [bob, '/tickets', { subject: 'Of Bob', body: 'Typed' }],
      [ann, '/account/profile', { name: 'Anna' }],
    ] as const) {
      const tab = await signsInAgain(person, ticket);
      await tab.goes(path);
      await tab.twin().presses('/logout');
      await tab.submits(fields);
      tab.cookies.copyTo(ticket.cookies);
    }
    const tab = await signsInAgain(ann, ticket);
    expect([await subjectOn(tab), await nameOn(tab)]).toEqual(['Of Ann', 'Anna']);
    expect(await subjectOn(await signsInAgain(bob, ticket))).toBe('Of Bob');
  });

  it('are lost by no form of a button, and nothing of that one is kept', async () => {
    const { person, app, visitor } = await owner(site, 'Ann');
    const elsewhere = await pending(site, person);
    await elsewhere.submits({ code: app.code() });
    await visitor.goes('/account/security');
    await visitor.goes(visitor.page.link('Make new codes'));
    site.clock.advance(30_000);
    await confirms({ person, app, codes: [], visitor }, visitor);
    const codes = visitor.page.attribute('form[action*="/backup-codes"]', 'action') ?? '';
    const renewal = visitor.twin();
    await visitor.goes('/account/sessions');
    const list = visitor.twin();
    await visitor.goes('/tickets');
    const ticket = visitor.twin();
    const buttons = [
      [list, '/account/sessions/all/end'],
      [renewal, codes],
      [visitor.twin(), '/logout'],
    ] as const;
    site.clock.advance(idle);
    await ticket.submits({ subject: 'Down', body: 'It is down.' });
    expect(ticket.page.text).toContain(kept);
    const cookie = ticket.cookies.header;
    for (const [tab, action] of buttons) {
      ticket.cookies.copyTo(tab.cookies);
      const page = await tab.presses(action);
      const back = action === '/logout' ? '' : `&returnTo=${encodeURIComponent(action)}`;
      expect(page.address).toBe(`/login?done=ended${back}`);
      expect([page.all('[role=status]'), tab.cookies.header]).toEqual([[ended], cookie]);
    }
    expect(await rows(person)).toBe(1);
  });

  it('are not promised where only secrets were typed, or nothing', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await visitor.goes('/tickets');
    const empty = visitor.twin();
    await visitor.goes('/account/confirm?returnTo=/account/password');
    site.clock.advance(idle);
    const page = await visitor.submits({ password: ann.password });
    expect([page.all('[role=status]'), page.text.includes(kept)]).toEqual([[ended], false]);
    expect((await empty.submits({ subject: '', body: ' ' })).text).not.toContain(kept);
  });
});
