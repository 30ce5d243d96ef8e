import { TwoFactor } from 'nestjs-two-factor';
import { forEachDatabase } from '../support/databases/databases.js';
import { owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

const DAY = 24 * 3_600_000;
const address = '/account/check-up';

forEachDatabase('"Does it still work?" on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  const status = ({ person }: Owner) =>
    site.app.get(TwoFactor, { strict: false }).checkUp.read({ accountId: person.id });

  /** Signs in after some days, with the app or a backup code. */
  async function later(ann: Owner, days: number, code?: string): Promise<Visitor> {
    site.clock.advance(days * DAY);
    const visitor = site.visitor();
    await visitor.signsIn(ann.person);
    await visitor.submits({ code: code ?? ann.app.code() });
    return visitor;
  }

  it('asks on Home and on Security, and a backup code that is tried stays unused', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await later(ann, 29);
    const home = await visitor.goes('/');
    expect(home.text).toContain('Does it still work?');
    expect(home.text).toContain('Backup codes');
    await visitor.goes(home.link('Try it'));
    expect(visitor.page.text).toContain('A backup code that you try here stays unused');
    await visitor.submits({ code: ann.codes[0]! });
    expect(visitor.page.address).toBe('/account/security?done=checked');
    expect(visitor.page.text).toContain('It works.');
    expect(visitor.page.text).not.toContain('Does it still work?');
    expect(visitor.page.text).toContain('10 of 10 backup codes left');
    expect((await visitor.goes('/')).text).not.toContain('Does it still work?');
    const again = await later(ann, 1, ann.codes[0]);
    expect((await again.asks('GET', '/')).status).toBe(200);
  });

  it('is asked of nobody who is not due, and costs nothing to put off', async () => {
    const ann = await owner(site, 'Ann');
    const early = await later(ann, 20);
    expect((await early.goes('/')).text).not.toContain('Does it still work?');
    const visitor = await later(ann, 9);
    await visitor.goes('/');
    await visitor.presses(`${address}/later`);
    expect(visitor.page.text).toContain('We will ask again in some weeks.');
    expect((await visitor.goes('/')).text).not.toContain('Does it still work?');
    expect((await visitor.goes('/invoices')).status).toBe(200);
  });

  it('never locks: after wrong codes the session goes on, and the next sign-in too', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await later(ann, 29);
    site.clock.advance(1000);
    await visitor.goes(`${address}?kind=totp`);
    for (let i = 0; i < 3; i += 1) {
      await visitor.submits({ code: '000000' });
      expect(visitor.page.status).toBe(401);
    }
    site.clock.advance(30_000);
    await visitor.submits({ code: ann.app.code() });
    expect(visitor.page.status).toBe(429);
    expect(visitor.page.text).toContain('We check no more codes here for now');
    expect((await visitor.goes('/invoices')).status).toBe(200);
    expect(await status(ann)).toMatchObject({ lockedOut: true });
    const signedIn = site.visitor();
    await signedIn.signsIn(ann.person);
    await signedIn.submits({ code: ann.app.code() });
    expect((await signedIn.asks('GET', '/')).status).toBe(200);
    expect(await status(ann)).toMatchObject({ lockedOut: false });
  });

  it('does the same for programs', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await later(ann, 29);
    const { body } = await visitor.asks('GET', address);
    expect(body['factors']).toMatchObject([
      { kind: 'totp', state: 'works', asked: false },
      { kind: 'backup-codes', state: 'unchecked', asked: true },
    ]);
    expect((await visitor.asks('GET', '/')).body['cards']).toEqual([
      { checkUp: { kinds: ['backup-codes'], failed: [] } },
    ]);
    const wrong = await visitor.asks('POST', address, { kind: 'backup-codes', code: '0000-0000-0000-0000' });
    expect([wrong.status, wrong.body['code']]).toEqual([401, 'PROOF_REFUSED']);
    const right = await visitor.asks('POST', address, { kind: 'backup-codes', code: ann.codes[3] });
    expect(right.body).toEqual({ status: 'passed', kind: 'backup-codes' });
    expect((await visitor.asks('POST', `${address}/later`, {})).body).toEqual({ status: 'later' });
  });

  it('has nothing to try for a person without a factor', async () => {
    const person = await site.account('Bob');
    const visitor = site.visitor();
    await visitor.signsIn(person);
    await visitor.goes(address);
    expect(visitor.page.text).toContain('There is nothing to try here.');
    expect((await visitor.asks('POST', address, { code: '123456' })).status).toBe(400);
  });
});
