import { confirms, getsStarted, owner, pending, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const minute = 60_000;
const room = '/account/security/two-factor';
const codesPage = `${room}/backup-codes`;
const notSaved = 'You have not saved your backup codes.';

describe('backup codes that are not saved', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterAll(() => site.close());

  /** Another browser, where the same person is signed in. */
  async function elsewhere(ann: Owner): Promise<Visitor> {
    const visitor = await pending(site, ann.person);
    await visitor.submits({ code: ann.app.code() });
    return visitor;
  }

  const notice = (visitor: Visitor) => visitor.page.all('.alert-warning');

  it('are shown from the Security page to the session that made them', async () => {
    const { visitor } = await owner(site, 'Ann');
    await visitor.goes('/account/security');
    expect(notice(visitor)).toEqual([`${notSaved} Show the codes`]);
  });

  it('lead no other session to a page that does not exist: it can make new ones', async () => {
    const ann = await owner(site, 'Ann');
    const other = await elsewhere(ann);
    await other.goes('/account/security');
    expect(notice(other)).toEqual([`${notSaved} Make new codes I have saved them`]);
    await other.presses(codesPage);
    if (other.page.address.startsWith('/account/confirm')) {
      site.clock.advance(30_000);
      await confirms(ann, other);
    }
    expect([other.page.status, other.page.address]).toEqual([200, `${codesPage}/new`]);
    expect(other.page.all('[data-backup-code]')).toHaveLength(10);
  });

  it('are saved from any session: the note ends', async () => {
    const ann = await owner(site, 'Ann');
    const other = await elsewhere(ann);
    await other.goes('/account/security');
    const page = await other.presses(`${codesPage}/saved`);
    expect([page.address, notice(other)]).toEqual(['/account/security', []]);
  });

  it('are not said to be saved by a page that is older than they are', async () => {
    const ann = await owner(site, 'Ann');
    const { visitor } = ann;
    site.clock.advance(15 * minute);
    await visitor.goes('/account/security');
    const old = visitor.twin();
    await visitor.goes(codesPage);
    await confirms(ann, visitor);
    await visitor.presses(codesPage);
    expect(visitor.page.address).toBe(`${codesPage}/new`);
    visitor.cookies.copyTo(old.cookies);
    const soon = await old.twin().presses(`${codesPage}/saved`);
    expect([soon.status, soon.address]).toEqual([200, `${codesPage}/new`]);
    site.clock.advance(15 * minute);
    const late = await old.presses(`${codesPage}/saved`);
    expect([late.status, late.address]).toEqual([200, '/account/security']);
    expect(notice(old)).toEqual([`${notSaved} Make new codes I have saved them`]);
  });

  it('are offered anew to their own session after 15 minutes', async () => {
    const { visitor } = await owner(site, 'Ann');
    site.clock.advance(15 * minute);
    await visitor.goes('/account/security');
    expect(notice(visitor)).toEqual([`${notSaved} Make new codes I have saved them`]);
  });

  it('that are no longer shown are not offered as “these codes”', async () => {
    const { visitor } = await owner(site, 'Ann');
    site.clock.advance(15 * minute);
    const ended = await visitor.goes(`${codesPage}/new`);
    expect([ended.status, ended.all('main button')]).toEqual([
      404,
      ['Make new codes', 'I saved them before'],
    ]);
    expect((await visitor.presses(`${codesPage}/saved`)).address).toBe('/account/security');
    expect(notice(visitor)).toEqual([]);
  });

  it('can be said to be saved after a sign-in between', async () => {
    const ann = await owner(site, 'Ann');
    const { visitor } = ann;
    site.clock.passesMinutes(60 * 24);
    await visitor.presses(`${codesPage}/saved`);
    expect(visitor.page.address).toContain('/login');
    await visitor.submits({ email: ann.person.email, password: ann.person.password });
    await visitor.submits({ code: ann.app.code() });
    expect(visitor.page.address).toBe(`${codesPage}/new`);
    expect(visitor.page.all('main button')).toContain('I saved them before');
  });
});

describe('the result of a set-up', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterAll(() => site.close());

  const staying = 'Your backup codes stay valid.';

  it('that made codes does not say that older ones stay', async () => {
    const { visitor } = await owner(site, 'Ann');
    const page = await visitor.goes(`${room}/totp/done`);
    expect([page.status, page.title]).toEqual([200, 'Two-factor authentication is on']);
    expect(page.text).not.toContain(staying);
  });

  it('that made none says so', async () => {
    const ann = await owner(site, 'Ann');
    await ann.visitor.goes(`${room}/totp`);
    await confirms(ann, ann.visitor);
    const app = await getsStarted(site, ann.visitor);
    const page = await ann.visitor.submits({ code: app.code(), label: 'Tablet' });
    expect(page.text).toContain(staying);
  });
});
