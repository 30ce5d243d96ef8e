import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import type { NewDomain } from '../../src/billing/services/service.js';
import { Services } from '../../src/billing/services/services.service.js';
import { PortalEvents } from '../../src/events/portal-events.js';
import { confirms, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const code = 'Kx7-pQ2v$mR9';

describe('an EPP code', () => {
  let house: Portal;
  const logged: unknown[] = [];
  beforeAll(async () => {
    const log = (...words: unknown[]) => void logged.push(...words);
    const logger = { log, error: log, warn: log, debug: log, verbose: log, fatal: log };
    house = await portal({ logger });
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => house.close());

  /** The owner of a domain after a step-up, on the page of the domain. */
  async function ready(): Promise<Owner & { id: string; shown: string }> {
    const ann = await owner(house, 'Ann');
    const id = randomUUID();
    const now = house.clock.now();
    const times = { startedAt: now, dueAt: now, expiresAt: now };
    const price = { cents: 1590, currency: 'EUR', cycle: 'yearly', status: 'active' } as const;
    const domain: NewDomain = { ...price, ...times, ...free, id, kind: 'domain', label: 'ann.example' };
    await house.app.get(Services).add(ann.person.id, [domain]);
    await ann.visitor.goes(`/account/confirm?returnTo=/services/${id}`);
    await confirms(ann, ann.visitor);
    return { ...ann, id, shown: `/services/${id}/epp-code` };
  }
  const free = { registrarLock: false, eppCode: code };

  async function told({ person }: Owner): Promise<AuditEntryRow[]> {
    await house.settled();
    return house.database.manager.findBy(AuditEntryRow, { accountId: person.id, name: 'epp-code.shown' });
  }

  it('emits an event each time it is shown: with account, domain and origin, and without the code', async () => {
    const ann = await ready();
    for (let times = 0; times < 2; times++) {
      await ann.visitor.goes(`/services/${ann.id}`);
      // Within five seconds it would be a double click.
      house.clock.passesSeconds(6);
      expect((await ann.visitor.presses(ann.shown)).all('[data-epp-code]')).toEqual([code]);
    }
    const entries = await told(ann);
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      actorType: 'account',
      actorId: ann.person.id,
      ip: ann.visitor.address,
      data: JSON.stringify({ serviceId: ann.id, domain: 'ann.example' }),
    });
    expect((await ann.visitor.goes('/account/security')).text).toContain('EPP code shown');
  });

  it('is nowhere but on the page that shows it: in no table, log, mail, address or cookie', async () => {
    const ann = await ready();
    const page = await ann.visitor.presses(ann.shown);
    expect([page.all('[data-epp-code]'), page.headers.get('cache-control')]).toEqual([[code], 'no-store']);
    expect(logged).not.toEqual([]);
    const said = JSON.stringify([page.address, ann.visitor.steps, ann.visitor.cookies.header, logged]);
    await house.settled();
    const mails = JSON.stringify(await house.inbox.of(ann.person.email));
    expect([said.includes(code), mails.includes(code)]).toEqual([false, false]);
    for (const { tableName } of house.database.entityMetadatas) {
      const rows = await house.database.query<unknown[]>(`SELECT * FROM ${tableName}`);
      expect([tableName, JSON.stringify(rows).includes(code)]).toEqual([tableName, false]);
    }
  });

  it('is not shown to staff who view the account', async () => {
    const ann = await ready();
    const mia = house.visitor();
    await mia.signsIn(await house.account('Mia', 'admin'));
    const page = await mia.goes(`/staff/clients/${ann.person.id}`);
    const { body } = await mia.asks('GET', `/staff/clients/${ann.person.id}`);
    expect([page.text.includes('ann.example'), page.html.includes(code)]).toEqual([true, false]);
    expect(JSON.stringify(body)).not.toMatch(/Kx7-|sealed/i);
    expect((await mia.asks('GET', `/services/${ann.id}`)).status).toBe(404);
  });

  it('is not shown when its event could not be stored', async () => {
    const ann = await ready();
    jest.spyOn(house.app.get(PortalEvents), 'record').mockRejectedValue(new Error('the disk is full'));
    const { status, body } = await ann.visitor.asks('POST', ann.shown);
    expect([status, JSON.stringify(body).includes(code)]).toEqual([500, false]);
  });

  it.each([{ code: '123456' }, { id: 'another' }, ['epp']])(
    'is not shown for a click that sends something: %j',
    async (fields) => {
      const ann = await ready();
      const { status, body } = await ann.visitor.asks('POST', ann.shown, fields);
      expect([status, body['code'], JSON.stringify(body).includes('Kx7')]).toEqual([
        400,
        'INVALID_INPUT',
        false,
      ]);
      expect(await told(ann)).toEqual([]);
    },
  );

  it('is not shown for a form with a field more', async () => {
    const ann = await ready();
    await ann.visitor.goes(`/services/${ann.id}`);
    const { values } = ann.visitor.page.form([], ann.shown);
    values.set('domain', 'bob.example');
    const headers = { Accept: 'text/html', Origin: house.url, 'Sec-Fetch-Site': 'same-origin' };
    const answer = await ann.visitor.sends(ann.shown, { method: 'POST', headers, body: values });
    expect([answer.status, (await answer.text()).includes(code)]).toEqual([400, false]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});
