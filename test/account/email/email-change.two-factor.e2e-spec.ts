import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { newAddress, newEmailLink, subjectsTo, wantsAddress } from '../../support/people/email-link.js';
import { confirms, pending, owner, type Owner } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const minutes = 60_000;

describe('another e-mail address and the second factor', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal();
  });
  afterAll(() => house.close());

  /** Confirms that it is them, where the last time was too long ago. */
  async function isFresh(ann: Owner): Promise<void> {
    house.clock.advance(6 * minutes);
    await ann.visitor.goes('/account/email');
    await confirms(ann, ann.visitor);
  }

  it('asks for password and code first, and then leads back to the form', async () => {
    const ann = await owner(house, 'Ann');
    house.clock.advance(6 * minutes);
    const page = await ann.visitor.goes('/account/email');
    expect(page.address).toContain('/account/confirm?returnTo=%2Faccount%2Femail&act=email.change');
    await confirms(ann, ann.visitor);
    expect([ann.visitor.page.address, ann.visitor.page.title]).toEqual([
      '/account/email',
      'Change e-mail address',
    ]);
    house.clock.advance(6 * minutes);
    await ann.visitor.submits({ email: newAddress() });
    expect(ann.visitor.page.address).toContain(
      '/account/confirm?returnTo=%2Faccount%2Femail&act=email.change',
    );
    expect((await subjectsTo(house, ann.person)).filter((each) => each.includes('e-mail address'))).toEqual(
      [],
    );
  });

  it('is refused to programs that did not confirm', async () => {
    const ann = await owner(house, 'Ann');
    house.clock.advance(6 * minutes);
    const sent = await ann.visitor.asks('POST', '/account/email', { email: newAddress() });
    expect([sent.status, sent.body['code']]).toEqual([403, 'STEP_UP_REQUIRED']);
  });

  it('is asked for the code as before: the link opens nothing of a protected account', async () => {
    const ann = await owner(house, 'Ann');
    await isFresh(ann);
    const [email, visitor] = [newAddress(), house.visitor()];
    await visitor.goes(await newEmailLink(house, ann.visitor, email));
    await visitor.presses(new URL(visitor.page.address, house.url).pathname);
    expect((await visitor.goes('/invoices')).address).toMatch(/^\/login/);
    const signIns = { accountId: ann.person.id, name: 'login.succeeded' };
    await house.settled();
    // The one of the set-up.
    expect(await house.database.manager.countBy(AuditEntryRow, signIns)).toBe(1);
    house.clock.advance(minutes);
    await visitor.signsIn({ ...ann.person, email });
    expect(visitor.page.address).toBe('/login/challenge');
    expect((await visitor.submits({ code: ann.app.code() })).address).toBe('/');
  });

  it('voids a login that was held under the old one', async () => {
    const ann = await owner(house, 'Ann');
    await isFresh(ann);
    const link = await newEmailLink(house, ann.visitor, newAddress());
    const thief = await pending(house, ann.person);
    expect((await house.visitor().asks('POST', link)).status).toBe(200);
    house.clock.advance(minutes);
    const answer = await thief.asks('POST', '/login/challenge', { code: ann.app.code() });
    expect([answer.status, (await thief.goes('/')).address]).toEqual([401, '/login']);
  });

  it('keeps the browser that confirms it signed in, with all its rights, and its factor', async () => {
    const ann = await owner(house, 'Ann');
    await isFresh(ann);
    const link = await newEmailLink(house, ann.visitor, newAddress());
    await ann.visitor.goes(link);
    await ann.visitor.presses(link);
    expect(ann.visitor.page.address).toBe('/account/sessions?done=email-changed');
    expect((await ann.visitor.asks('GET', '/account/security')).body['enabled']).toBe(true);
  });

  it('is neither requested nor confirmed in a browser with a pending login', async () => {
    const ann = await owner(house, 'Ann');
    await isFresh(ann);
    const link = await newEmailLink(house, ann.visitor, newAddress());
    const visitor = await pending(house, ann.person);
    for (const path of ['/account/email', link])
      expect((await visitor.goes(path)).address).toBe('/login/challenge');
    for (const path of ['/account/email', link])
      expect((await visitor.asks('POST', path, {})).status).toBe(401);
  });

  it('is written about in the language that its owner chose', async () => {
    const ann = await owner(house, 'Ann');
    await ann.visitor.goes('/account/profile');
    await ann.visitor.submits({ locale: 'de' });
    await isFresh(ann);
    const email = newAddress();
    await wantsAddress(ann.visitor, email);
    expect(await subjectsTo(house, { email })).toEqual([expect.stringContaining('E-Mail-Adresse') as string]);
  });
});
