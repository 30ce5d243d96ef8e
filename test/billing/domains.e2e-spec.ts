import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { ServiceRow } from '../../src/billing/services/service.entity.js';
import { Services } from '../../src/billing/services/services.service.js';
import { PortalEvents } from '../../src/events/portal-events.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { domainOf } from '../support/people/dangerous-acts.js';
import { subjectsTo } from '../support/people/email-link.js';
import { confirms, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const names = ['ns1.example.net', 'ns2.example.net'];

forEachDatabase('a domain on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => site.close());

  const rowOf = (id: string) => site.database.manager.findOneByOrFail(ServiceRow, { id });

  /** The owner of a locked domain, after a confirmation for the next action. */
  async function ready(): Promise<Owner & { id: string; page: string }> {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person);
    await confirmed(ann);
    return { ...ann, id, page: `/services/${id}` };
  }

  async function confirmed({ person, app, visitor }: Owner): Promise<void> {
    site.clock.passesSeconds(30);
    await visitor.asks('POST', '/account/confirm', { password: person.password, code: app.code() });
  }

  async function told({ person }: Owner, name: string): Promise<unknown[]> {
    await site.settled();
    const entries = await site.database.manager.findBy(AuditEntryRow, { accountId: person.id, name });
    return entries.map(({ data }) => JSON.parse(data) as unknown);
  }

  it('is unlocked after “Confirm it’s you”, which says what will happen, and the owner is mailed', async () => {
    const ann = await owner(site, 'Ann');
    const id = await domainOf(site, ann.person);
    site.clock.passesMinutes(11);
    await ann.visitor.goes(`/services/${id}`);
    const asked = await ann.visitor.presses(`/services/${id}/registrar-lock/off`);
    expect(asked.text).toContain('Turn off the registrar lock of ann.example');
    expect((await rowOf(id)).registrarLock).toBe(1);
    const done = await confirms(ann, ann.visitor);
    expect([done.address, done.text]).toEqual([
      `/services/${id}?done=unlocked`,
      expect.stringContaining('The registrar lock is off.'),
    ]);
    expect((await rowOf(id)).registrarLock).toBe(0);
    expect(await told(ann, 'registrar-lock.disabled')).toEqual([{ serviceId: id, domain: 'ann.example' }]);
    expect(await subjectsTo(site, ann.person)).toContain('A registrar lock was turned off');
    expect((await ann.visitor.goes('/account/security')).text).toContain(
      'Registrar lock turned off · ann.example',
    );
  });

  it('is locked and unlocked once, however often and wherever it is asked at once', async () => {
    const ann = await ready();
    const twins = [ann.visitor, ann.visitor.twin(), ann.visitor.twin()];
    const off = await Promise.all(twins.map((each) => each.asks('POST', `${ann.page}/registrar-lock/off`)));
    expect(off.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(await told(ann, 'registrar-lock.disabled')).toHaveLength(1);
    await confirmed(ann);
    for (let times = 0; times < 2; times += 1)
      expect((await ann.visitor.asks('POST', `${ann.page}/registrar-lock/on`)).body).toEqual({
        registrarLock: true,
      });
    expect(await told(ann, 'registrar-lock.enabled')).toHaveLength(1);
  });

  it('gets other name servers, and the event, the mail and the history have the old and the new ones', async () => {
    const ann = await ready();
    const path = `${ann.page}/nameservers`;
    await ann.visitor.goes(path);
    const page = await ann.visitor.submits({ nameservers: ' NS1.example.net.\n\nns2.example.net' });
    expect([page.address, page.all('ul li bdi')]).toEqual([`${ann.page}?done=nameservers`, names]);
    const changed = await ann.visitor.asks('POST', path, {
      nameservers: 'ns1.müller.example, ns2.example.net',
    });
    const next = ['ns1.xn--mller-kva.example', 'ns2.example.net'];
    expect([changed.status, changed.body]).toEqual([200, { nameservers: next }]);
    const data = { serviceId: ann.id, domain: 'ann.example' };
    expect(await told(ann, 'nameservers.changed')).toEqual(
      expect.arrayContaining([
        { ...data, from: '', to: names.join(', ') },
        { ...data, from: names.join(', '), to: next.join(', ') },
      ]),
    );
    const { body } = await ann.visitor.asks('GET', ann.page);
    expect(body['service']).toMatchObject({ nameservers: next });
    const mails = await site.inbox.of(ann.person.email);
    expect(mails.filter(({ subject }) => subject === 'Name servers were changed')).toHaveLength(2);
    expect((await ann.visitor.goes('/account/security')).text).toContain(
      `Name servers changed · ann.example ${names.join(', ')} → ${next.join(', ')}`,
    );
  });

  it('keeps equal name servers without an event', async () => {
    const ann = await ready();
    for (let times = 0; times < 2; times += 1)
      await ann.visitor.asks('POST', `${ann.page}/nameservers`, { nameservers: names.join('\n') });
    expect(await told(ann, 'nameservers.changed')).toHaveLength(1);
  });

  it('gets the name servers of one of two requests at once, and the event of each change', async () => {
    const ann = await ready();
    const path = `${ann.page}/nameservers`;
    await ann.visitor.asks('POST', path, { nameservers: names.join('\n') });
    const wanted = ['a.example b.example', 'c.example d.example'];
    const answers = await Promise.all(
      wanted.map((nameservers) => ann.visitor.twin().asks('POST', path, { nameservers })),
    );
    const done = answers.filter(({ status }) => status === 200);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect(await told(ann, 'nameservers.changed')).toHaveLength(1 + done.length);
  });

  it.each([
    ['', 'nameservers.count'],
    ['ns1.example.net', 'nameservers.count'],
    ['ns1.example.net 192.0.2.1', 'nameservers.invalid'],
    ['ns1.example.net ns1.example.net', 'nameservers.twice'],
    [['ns1.example.net', 'ns2.example.net'], 'nameservers.needed'],
    [7, 'nameservers.needed'],
    ['x'.repeat(5_001), 'nameservers.needed'],
  ])('refuses the name servers %j', async (nameservers, key) => {
    const ann = await ready();
    const { status, body } = await ann.visitor.asks('POST', `${ann.page}/nameservers`, { nameservers });
    expect([status, body['code'], body['fields']]).toEqual([400, 'INVALID_INPUT', { nameservers: key }]);
    expect((await rowOf(ann.id)).nameservers).toBeNull();
  });

  it('shows a refused list again, with the reason and what was typed', async () => {
    const ann = await ready();
    await ann.visitor.goes(`${ann.page}/nameservers`);
    const page = await ann.visitor.submits({ nameservers: 'ns1.example.net\n<b>' });
    expect([page.status, page.all('textarea')]).toEqual([400, ['ns1.example.net <b>']]);
    expect(page.html).toContain('&lt;b&gt;');
    expect(page.text).toContain('“<b>” is no host name.');
  });

  it('of another account, and a hosting plan, look like none', async () => {
    const [ann, bob] = [await ready(), await ready()];
    const plan = randomUUID();
    const facts = {
      startedAt: 1,
      dueAt: 1,
      cents: 1,
      currency: 'EUR',
      cycle: 'monthly',
      status: 'active',
    } as const;
    const usage = { usedMb: 1, limitMb: null };
    const hosting = { ...facts, id: plan, kind: 'hosting', label: 'ann.example' } as const;
    await site.app
      .get(Services)
      .add(ann.person.id, [{ ...hosting, package: 'S', server: 'w', disk: usage, traffic: usage }]);
    for (const id of [bob.id, plan, 'x']) {
      for (const [path, fields] of [
        [`/services/${id}/registrar-lock/off`, {}],
        [`/services/${id}/nameservers`, { nameservers: names.join('\n') }],
      ] as const) {
        const first = await ann.visitor.asks('POST', path, fields);
        if (first.body['code'] === 'STEP_UP_REQUIRED') await confirmed(ann);
        const { status } = first.status === 404 ? first : await ann.visitor.asks('POST', path, fields);
        expect([path, status]).toEqual([path, 404]);
      }
      expect((await ann.visitor.asks('GET', `/services/${id}/nameservers`)).status).toBe(404);
    }
    expect(await rowOf(bob.id)).toMatchObject({ registrarLock: 1, nameservers: null });
  });

  it('does not change when the event could not be stored', async () => {
    const ann = await ready();
    jest.spyOn(site.app.get(PortalEvents), 'record').mockRejectedValue(new Error('the disk is full'));
    const { status } = await ann.visitor.asks('POST', `${ann.page}/registrar-lock/off`);
    expect([status, (await rowOf(ann.id)).registrarLock]).toEqual([500, 1]);
  });
});
