import { TwoFactor } from 'nestjs-two-factor';
import { forEachDatabase } from '../support/databases/databases.js';
import { owner, pending, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { cancelLink, recoverySubjects } from '../support/people/cancel-link.js';

const HOUR = 3_600_000;
const address = '/login/recovery';
const sam = { id: 'sam', name: 'Sam Support' };

forEachDatabase('the recovery desk, for the owner, on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  const desk = () => site.app.get(TwoFactor, { strict: false }).recovery;
  const caseOf = ({ person }: Owner) => desk().ofAccount({ accountId: person.id });

  /** A visitor with the right password who has asked for recovery. */
  async function asked(ann: Owner) {
    const visitor = await pending(site, ann.person);
    await visitor.goes(visitor.page.link('I can’t use any of these'));
    await visitor.presses(address);
    return visitor;
  }

  async function approved(ann: Owner): Promise<void> {
    const { id } = (await caseOf(ann))!;
    await desk().tick({ id, agent: sam, checks: desk().checklist });
    expect(await desk().approve({ id, agent: sam })).toBe(true);
  }

  it('opens a case after the right password, mails the owner, and shows how far it is', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await asked(ann);
    expect(visitor.page.address).toBe(address);
    expect(visitor.page.text).toContain('You asked for recovery on');
    expect(visitor.page.text).toContain('Have you found your phone or a backup code?');
    await site.settled();
    expect(await recoverySubjects(site, ann.person)).toEqual([
      'A request to remove your two-factor authentication',
    ]);
    expect(await caseOf(ann)).toMatchObject({ state: 'open' });
    const other = await pending(site, ann.person);
    await other.goes(address);
    expect(other.page.text).toContain('You asked for recovery on');
    await approved(ann);
    await visitor.goes(address);
    expect(visitor.page.text).toContain('We have checked who you are.');
  });

  it('reveals nothing before the right password', async () => {
    const ann = await owner(site, 'Ann');
    await asked(ann);
    for (const email of [ann.person.email, 'nobody@example.com']) {
      const stranger = site.visitor();
      await stranger.signsIn({ email, password: 'a wrong password' });
      await stranger.goes(address);
      expect([stranger.page.address, stranger.page.text.includes('recovery')]).toEqual(['/login', false]);
      expect((await stranger.asks('GET', address)).status).toBe(401);
      expect((await stranger.asks('POST', address, {})).status).toBe(401);
    }
  });

  it('is seen on every page of a signed-in owner, who stops it there', async () => {
    const ann = await owner(site, 'Ann');
    await asked(ann);
    for (const page of ['/', '/invoices', '/account/security', '/account/profile']) {
      await ann.visitor.goes(page);
      expect([page, ann.visitor.page.text]).toEqual([
        page,
        expect.stringContaining(
          'a person with your password asked us to remove your two-factor authentication',
        ),
      ]);
    }
    await ann.visitor.goes(ann.visitor.page.link('See it, and stop it'));
    await ann.visitor.presses('/account/recovery');
    expect(ann.visitor.page.text).toContain('There is no open request to recover your account.');
    expect(await caseOf(ann)).toBeNull();
    await ann.visitor.goes('/');
    expect(ann.visitor.page.text).not.toContain('asked us to remove');
    await site.settled();
    expect(await recoverySubjects(site, ann.person)).toContain('The recovery of your account was stopped');
  });

  it('is stopped by the link in the mail, by one POST; opening it changes nothing, a second time neither', async () => {
    const ann = await owner(site, 'Ann');
    await asked(ann);
    const link = await cancelLink(site, ann.person);
    const reader = site.visitor();
    for (const method of ['GET', 'HEAD']) await reader.sends(link, { method });
    await reader.goes(link);
    expect(await caseOf(ann)).not.toBeNull();
    await reader.presses(link);
    expect(reader.page.text).toContain('The recovery is stopped');
    expect(await caseOf(ann)).toBeNull();
    expect((await reader.asks('GET', '/')).status).toBe(401);
    await reader.goes(link);
    expect([reader.page.status, reader.page.text]).toEqual([
      404,
      expect.stringContaining('was used already'),
    ]);
    expect((await reader.asks('POST', link, {})).status).toBe(404);
    expect((await reader.asks('GET', `${address}/cancel/nonsense`)).status).toBe(404);
  });

  it('is stopped by any complete sign-in, after which another one can be opened', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await asked(ann);
    await visitor.goes('/login/challenge');
    site.clock.advance(30_000);
    await visitor.submits({ code: ann.app.code() });
    expect(await caseOf(ann)).toBeNull();
    const again = site.visitor();
    await again.signsIn(ann.person);
    await again.goes(address);
    expect(again.page.text).toContain('Ask for recovery');
    await again.presses(address);
    expect(await caseOf(ann)).not.toBeNull();
  });

  it('does the same for programs, and a double click opens one case', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    expect((await visitor.asks('GET', address)).body).toEqual({ case: null, refused: null });
    const all = await Promise.all(Array.from({ length: 5 }, () => visitor.asks('POST', address, {})));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const { body } = await visitor.asks('GET', address);
    expect(body).toMatchObject({ case: { state: 'open', ready: false }, refused: null });
    await site.settled();
    expect(await recoverySubjects(site, ann.person)).toHaveLength(1);
    const signedIn = await ann.visitor.asks('GET', '/account/recovery');
    expect(signedIn.body).toMatchObject({ case: { state: 'open' } });
    expect((await ann.visitor.asks('POST', '/account/recovery', {})).body).toEqual({ status: 'cancelled' });
    expect((await ann.visitor.asks('POST', '/account/recovery', {})).body).toEqual({ status: 'none' });
    expect((await ann.visitor.asks('GET', '/account/recovery')).body).toEqual({ case: null });
  });

  it('refuses a fourth case within 30 days', async () => {
    const ann = await owner(site, 'Ann');
    for (let i = 0; i < 3; i += 1) {
      await asked(ann);
      await ann.visitor.asks('POST', '/account/recovery', {});
    }
    const visitor = await pending(site, ann.person);
    await visitor.goes(address);
    expect(visitor.page.text).not.toContain('Ask for recovery');
    expect(visitor.page.text).toContain('There were three requests within 30 days.');
    const { status, body } = await visitor.asks('POST', address, {});
    expect([status, body['code'], body['reason']]).toEqual([429, 'TOO_MANY_ATTEMPTS', 'too-many']);
  });

  it('ends on the second node too, when the wait is over', async () => {
    const second = await portal({ database, besides: site });
    try {
      const ann = await owner(site, 'Ann');
      await asked(ann);
      await approved(ann);
      site.clock.advance(72 * HOUR);
      await second.sweeps();
      await site.sweeps();
      expect(await caseOf(ann)).toBeNull();
      await site.settled();
      await second.settled();
      expect(await recoverySubjects(site, ann.person)).toEqual(
        expect.arrayContaining(['Set up two-factor again at your next sign-in']),
      );
    } finally {
      await second.close();
    }
  });
});

forEachDatabase('where the provider has no recovery desk on', (database) => {
  it('the page shows the contact, and asking is refused', async () => {
    const site = await portal({ database, env: { RECOVERY_DESK: 'off', SUPPORT_PHONE: '+49 30 1234' } });
    try {
      const ann = await owner(site, 'Ann');
      const visitor = await pending(site, ann.person);
      await visitor.goes(address);
      expect(visitor.page.text).toContain('+49 30 1234');
      expect(visitor.page.text).not.toContain('Ask for recovery');
      expect((await visitor.asks('GET', address)).body).toEqual({});
      expect((await visitor.asks('POST', address, {})).status).toBe(404);
    } finally {
      await site.close();
    }
  });
});
