import { TwoFactor } from 'nestjs-two-factor';
import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { ServiceRow } from '../../../src/billing/services/service.entity.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { dangerousActs, domainOf, eppCode } from '../../support/people/dangerous-acts.js';
import { subjectsTo } from '../../support/people/email-link.js';
import { confirms, owner, type Owner, pending } from '../../support/people/owner.js';
import { newLink } from '../../support/people/reset-link.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const idle = 31 * 60_000;
const sam = { type: 'staff', id: 'sam' } as const;
const mia = { type: 'staff', id: 'mia' } as const;

forEachDatabase('the brake on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  const twoFactor = (of = site) => of.app.get(TwoFactor, { strict: false });
  const starts = ({ person }: Owner, of = site) => twoFactor(of).emailChanged(person.id);
  const rowOf = (id: string) => site.database.manager.findOneByOrFail(ServiceRow, { id });

  /** Confirms that it is them: for the next action. */
  async function confirmed({ person, app, visitor }: Owner): Promise<void> {
    site.clock.passesSeconds(30);
    await visitor.asks('POST', '/account/confirm', { password: person.password, code: app.code() });
  }

  async function told({ person }: Owner, name: string): Promise<unknown[]> {
    await site.settled();
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: person.id, name });
    return entries.map(({ data }) => JSON.parse(data) as unknown);
  }

  it('shows a person from when the action is possible, in their language and time zone', async () => {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person);
    await starts(ann);
    await ann.visitor.asks('POST', '/account/profile', {
      name: 'Ann',
      locale: 'de',
      timeZone: 'America/New_York',
    });
    const page = await ann.visitor.goes(`/services/${id}`);
    expect(page.text).toMatch(/Möglich ab 0[34]\.01\.2030, \d\d:\d\d (EST|GMT-5) \(in 7\d Stunden\)/);
    const security = await ann.visitor.goes('/account/security');
    expect(security.text).toMatch(/Möglich ab 0[34]\.01\.2030, \d\d:\d\d (EST|GMT-5) \(in 7\d Stunden\)/);
    const { body } = await ann.visitor.asks('POST', '/account/security/two-factor/disable');
    expect([body['code'], body['detail']]).toEqual([
      'COOLING_DOWN',
      expect.stringMatching(/Möglich ab 0[34]\.01\.2030, \d\d:\d\d (EST|GMT-5) \(in 7\d Stunden\)/),
    ]);
  });

  it('refuses what was pressed before it began and is confirmed after it', async () => {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person);
    for (const { path, fields, page } of dangerousActs(id)) {
      site.clock.passesMinutes(6);
      await ann.visitor.goes(page);
      const form = path.endsWith('payment-method') ? { token: 'test-visa' } : fields;
      const asked = await ann.visitor.submits(form, path);
      expect(asked.title).toBe('Confirm it’s you');
      await starts(ann);
      const refused = await confirms(ann, ann.visitor);
      expect([path, refused.status, refused.title]).toEqual([path, 403, 'This action has to wait']);
      expect(refused.text).toMatch(/Possible from Jan \d+, 2030/);
      expect(refused.html).not.toContain(eppCode);
      await twoFactor().shorten(ann.person.id, { reason: 'test', approvedBy: mia }, sam);
    }
    expect(await rowOf(id)).toMatchObject({ registrarLock: 1, nameservers: null });
    const { body } = await ann.visitor.asks('GET', '/account/payment-method');
    expect(body['paymentMethod']).toBeNull();
  });

  it('refuses a form that was kept when the session ended', async () => {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person);
    const path = `/services/${id}/nameservers`;
    await ann.visitor.goes(path);
    site.clock.advance(idle);
    await ann.visitor.submits({ nameservers: 'ns1.thief.example\nns2.thief.example' }, path);
    const { email, password } = ann.person;
    await ann.visitor.submits({ email, password });
    await ann.visitor.submits({ code: ann.app.code() });
    const kept = await ann.visitor.goes(path);
    expect(kept.all('textarea')).toEqual(['ns1.thief.example ns2.thief.example']);
    await starts(ann);
    const refused = await ann.visitor.submits({}, path);
    expect([refused.status, refused.title]).toEqual([403, 'This action has to wait']);
    expect((await rowOf(id)).nameservers).toBeNull();
  });

  it('does not ask for a confirmation in vain, and mails the owner once for each action', async () => {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person);
    await starts(ann);
    site.clock.passesMinutes(11);
    for (const { path, fields } of [...dangerousActs(id), ...dangerousActs(id)]) {
      const { body } = await ann.visitor.asks('POST', path, fields);
      expect(body['code']).toBe('COOLING_DOWN');
    }
    const refused = (await told(ann, 'two-factor.brake.refused')) as { act: string }[];
    expect(refused.map(({ act }) => act).sort()).toEqual(
      dangerousActs(id)
        .map(({ act }) => act)
        .sort(),
    );
    const subjects = await subjectsTo(site, ann.person);
    expect(subjects.filter((subject) => subject === 'An action of your account was refused')).toHaveLength(5);
    expect(subjects).toContain('Some actions of your account have to wait');
  });

  it('lets the owner lock a domain, add an app, and read everything', async () => {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person, { registrarLock: false });
    await starts(ann);
    await confirmed(ann);
    const locked = await ann.visitor.asks('POST', `/services/${id}/registrar-lock/on`);
    expect(locked.body).toEqual({ registrarLock: true });
    for (const path of ['/account/security', `/services/${id}`, '/account/payment-method'])
      expect((await ann.visitor.goes(path)).status).toBe(200);
    await confirmed(ann);
    const added = await ann.visitor.asks('POST', '/account/security/two-factor/totp/setup');
    expect(added.status).toBe(200);
  });

  it('keeps the factors: none is removed or replaced, and the buttons say from when', async () => {
    const ann = await owner(site, 'Ann');
    const { body } = await ann.visitor.asks('GET', '/account/security');
    const [{ id: replaces } = { id: '' }] = body['factors'] as { id: string }[];
    await starts(ann);
    const page = await ann.visitor.goes('/account/security');
    expect(page.text).toContain('“Remove” and “Replace” are possible from');
    expect(page.all('form[action$="/remove"], form[action$="/disable"]')).toEqual([]);
    const room = '/account/security/two-factor';
    for (const [path, fields] of [
      [`${room}/factors/${replaces}/remove`, {}],
      [`${room}/disable`, {}],
      [`${room}/totp/setup`, { replaces }],
    ] as const) {
      const answer = await ann.visitor.asks('POST', path, fields);
      expect([path, answer.status, answer.body['code']]).toEqual([path, 403, 'COOLING_DOWN']);
    }
  });

  it('is the same on another node', async () => {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person);
    const other = await portal({ database, besides: site });
    try {
      await starts(ann, other);
      for (const { path, fields } of dangerousActs(id)) {
        const answers = await Promise.all(
          [ann.visitor, ann.visitor.twin(other.url)].map((each) => each.asks('POST', path, fields)),
        );
        expect(answers.map(({ body }) => body['code'])).toEqual(['COOLING_DOWN', 'COOLING_DOWN']);
      }
      await twoFactor(other).shorten(ann.person.id, { reason: 'called back', approvedBy: mia }, sam);
      await confirmed(ann);
      const { status } = await ann.visitor.asks('POST', `/services/${id}/epp-code`);
      expect(status).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('is seen by staff, who cannot do the action for the owner, nor end the wait alone', async () => {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person);
    await starts(ann);
    const agent = await owner(site, 'Mia', { person: await site.account('Mia', 'admin') });
    const page = await agent.visitor.goes(`/staff/clients/${ann.person.id}`);
    expect(page.text).toMatch(
      /Dangerous actions wait since Jan \d.*, until Jan \d.*Cause: the e-mail address was changed/,
    );
    const { body } = await agent.visitor.asks('GET', `/staff/clients/${ann.person.id}`);
    const [panel] = body['panels'] as { brake: { cause: string } }[];
    expect(panel?.brake.cause).toBe('email-change');
    for (const { path, fields } of dangerousActs(id).slice(0, 3)) {
      const { status } = await agent.visitor.asks('POST', path, fields);
      expect([path, status === 404 || status === 403]).toEqual([path, true]);
    }
    expect(await rowOf(id)).toMatchObject({ registrarLock: 1, nameservers: null });
    const alone = { reason: 'please', approvedBy: sam };
    await expect(twoFactor().shorten(ann.person.id, alone, sam)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('brakes the staff’s own accounts too', async () => {
    const agent = await owner(site, 'Sam', { person: await site.account('Sam', 'support') });
    await starts(agent);
    const { body } = await agent.visitor.asks('POST', '/account/security/two-factor/disable');
    expect(body['code']).toBe('COOLING_DOWN');
  });

  it('of a frozen account also stops another e-mail address, until the password was set by the mailed link', async () => {
    const ann = await owner(site, 'Ann');
    await starts(ann);
    await site.database.query(
      `UPDATE two_factor_brakes SET frozen_at = ${site.clock.now()} WHERE account_id = '${ann.person.id}'`,
    );
    await confirmed(ann);
    const asked = await ann.visitor.asks('POST', '/account/email', { email: 'eve@example.com' });
    expect([asked.status, asked.body['code'], asked.body['until']]).toEqual([403, 'COOLING_DOWN', null]);
    expect((await ann.visitor.goes('/account/security')).text).toContain('Your account is locked');
    await confirmed(ann);
    const password = 'a brand new password';
    const changed = await ann.visitor.asks('POST', '/account/password', { newPassword: password });
    expect([changed.status, changed.body['code']]).toEqual([403, 'COOLING_DOWN']);
    const link = await newLink(site, ann.person);
    expect((await site.visitor().asks('POST', link, { password })).status).toBe(200);
    await site.settled();
    const person = { ...ann.person, password };
    const visitor = await pending(site, person);
    site.clock.passesSeconds(30);
    await visitor.submits({ code: ann.app.code() });
    await confirmed({ ...ann, person, visitor });
    const again = await visitor.asks('POST', '/account/email', { email: 'eve@example.com' });
    expect(again.status).toBe(200);
  });
});

describe('a portal without a brake', () => {
  it.each([
    ['by its policy', { env: { BRAKE_HOURS: '0' } }],
    ['because no module has one', { modules: [] }],
  ])('%s carries dangerous actions out at once', async (_, choices) => {
    const site = await portal(choices);
    try {
      const ann = site.visitor();
      const person = await site.account('Ann');
      const id = await domainOf(site, person);
      await ann.signsIn(person);
      if ('env' in choices) {
        await site.app.get(TwoFactor, { strict: false }).emailChanged(person.id);
        await ann.asks('POST', '/account/confirm', { password: person.password });
      }
      for (const { path, fields } of dangerousActs(id).slice(1)) {
        const first = await ann.asks('POST', path, fields);
        if (first.body['code'] === 'STEP_UP_REQUIRED')
          await ann.asks('POST', '/account/confirm', { act: first.body['act'], password: person.password });
        const { status } = first.status === 200 ? first : await ann.asks('POST', path, fields);
        expect([path, status]).toEqual([path, 200]);
      }
    } finally {
      await site.close();
    }
  });
});
