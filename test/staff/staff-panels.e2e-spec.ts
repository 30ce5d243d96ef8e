import { randomUUID } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { GateFlags } from '../../src/auth/gates/gate-flags.js';
import type { PanelView, PortalModule, StaffPanel } from '../../src/portal/modules/portal-module.js';
import { stubModule } from '../support/portal/stub-module.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

@Injectable()
class Kettle implements StaffPanel {
  readonly title = 'place.home';

  show(_request: unknown, accountId: string): Promise<PanelView> {
    return Promise.resolve({ html: `<p class="kettle">${accountId}</p>`, json: { kettle: accountId } });
  }
}

@Injectable()
class Broken implements StaffPanel {
  readonly title = 'audit.title';

  show(): Promise<PanelView> {
    return Promise.reject(new Error('the kettle is broken'));
  }
}

@Module({ providers: [Kettle, Broken], exports: [Kettle, Broken] })
class Kitchen {}

const kitchen: PortalModule = {
  ...stubModule('kitchen'),
  gate: undefined,
  stepUp: undefined,
  accessLevel: undefined,
  nest: Kitchen,
  staffPanels: [Broken, Kettle],
  protection: {
    name: 'kettle',
    texts: {
      title: 'place.home',
      count: 'home.unpaid',
      on: 'services.locked',
      off: 'services.unlocked',
    },
  },
};

let made = 0;

/** A person who never signs in. */
async function makeRow(house: Portal, name: string): Promise<void> {
  made += 1;
  await house.database.manager.insert(AccountRow, {
    id: randomUUID(),
    email: `row${made}@example.com`,
    name,
    role: 'customer',
    createdAt: made,
    passwordHash: '-',
    stamp: '-',
    suspendedAt: null,
    locale: null,
    timeZone: null,
  });
}

forEachDatabase('what modules put into the staff area on', (database) => {
  let house: Portal;
  let sam: Visitor;
  beforeAll(async () => {
    house = await portal({ database, modules: [kitchen] });
    sam = house.visitor();
    await sam.signsIn(await house.account('Sam', 'support'));
  });
  afterAll(() => house.close());

  it('is on a client’s page, and a panel that breaks does not take the page with it', async () => {
    const ann = await house.account('Ann');
    const page = await sam.goes(`/staff/clients/${ann.id}`);
    expect([page.status, page.all('.kettle')]).toEqual([200, [ann.id]]);
    expect(page.text).toContain('This part cannot be shown right now.');
    const { body } = await sam.asks('GET', `/staff/clients/${ann.id}`);
    expect(body['panels']).toEqual([
      { module: 'kitchen', failed: true },
      { module: 'kitchen', kettle: ann.id },
    ]);
  });

  it('filters the list by the accounts of its own gate, and by no other gate', async () => {
    const [ann, bob, cem] = [
      await house.account('Ann'),
      await house.account('Bob'),
      await house.account('Cem'),
    ];
    const flags = house.app.get(GateFlags, { strict: false });
    await flags.set(ann.id, 'kitchen', 1);
    await flags.set(bob.id, 'two-factor', 1);
    await sam.goes('/staff/clients');
    const protectedOnes = await sam.submits({ q: '', kettle: 'on' });
    expect(protectedOnes.all('tbody th')).toEqual(['Ann']);
    expect(protectedOnes.all('thead th')).toContain('Home');
    expect(protectedOnes.attribute('#kettle option[selected]', 'value')).toBe('on');
    for (const { email } of [bob, cem])
      expect((await sam.submits({ q: email, kettle: 'off' })).all('tbody th')).toHaveLength(1);
    expect((await sam.asks('GET', '/staff')).body).toMatchObject({ kettle: 1 });
  });

  it('is all there is: no filter of a module that is not installed is offered or heard', async () => {
    const ann = await house.account('Ann');
    const page = await sam.goes(`/staff/clients?twoFactor=on&q=${ann.email}`);
    expect([page.all('#twoFactor'), page.all('tbody th')]).toEqual([[], ['Ann']]);
    const [client] = (await sam.asks('GET', `/staff/clients?q=${ann.email}`)).body['clients'] as object[];
    expect(Object.keys(client ?? {})).not.toContain('twoFactor');
  });

  it('keeps the filter from page to page', async () => {
    for (let count = 0; count < 51; count++) await makeRow(house, `Row ${count}`);
    await sam.goes('/staff/clients');
    const first = await sam.submits({ q: 'row', kettle: 'off', role: 'customer', state: 'active' });
    expect(first.all('tbody th')).toHaveLength(50);
    const second = await sam.goes(first.link('Show more'));
    expect(second.all('tbody th')).toEqual(['Row 0']);
    const chosen = second.all('select option[selected]');
    expect([second.attribute('#q', 'value'), chosen]).toEqual(['row', ['Off', 'Customer', 'Active']]);
  });
});
