import { AccountRow } from '../../../src/accounts/account.entity.js';
import { AuditEntryRow } from '../../../src/audit/audit-entry.entity.js';
import { Tickets } from '../../../src/support/tickets.service.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import type { Person } from '../../support/people/accounts.js';
import { acts, agent, confirmsAct } from '../../support/people/agent.js';
import { owner, type Owner, pending } from '../../support/people/owner.js';
import type { JsonAnswer, Visitor } from '../../support/people/visitor.js';
import { type Portal, portal } from '../../support/portal/portal.js';

const reason = 'The caller asked for it.';

/** A client of each act, on whom it has something to do. */
interface Act {
  readonly path: string;
  /** The name of the act. */
  readonly name: string;
  /** The event that says that it was done. */
  readonly event: string;
  /** What it leaves to do for a second call: 200 where a call at the same moment cannot tell. */
  readonly second: readonly number[];
  ready(house: Portal, who: Person): Promise<void>;
}

const signedIn = async (house: Portal, who: Person) => {
  await house.visitor().signsIn(who);
};

const table: readonly Act[] = [
  {
    ...{ path: 'suspend', name: 'account.suspend', event: 'account.suspended', second: [409] },
    ready: () => Promise.resolve(),
  },
  {
    ...{ path: 'reopen', name: 'account.reopen', event: 'account.reopened', second: [409] },
    async ready({ database }, { id }) {
      await database.manager.update(AccountRow, { id }, { suspendedAt: 1 });
    },
  },
  {
    ...{ path: 'sessions/end', name: 'sessions.end', event: 'session.ended', second: [409] },
    ready: signedIn,
  },
  {
    path: 'password-link',
    name: 'password-link.send',
    event: 'password.reset-requested',
    second: [409],
    ready: () => Promise.resolve(),
  },
  {
    ...{ path: 'two-factor/unlock', name: 'two-factor.unlock', event: 'two-factor.unlocked' },
    second: [200, 409],
    async ready(house, { email }) {
      const guesser = house.visitor();
      for (let miss = 0; miss < 5; miss++)
        await guesser.asks('POST', '/login', { email, password: `wrong password ${miss}` });
    },
  },
];

forEachDatabase('acts of staff on', (database) => {
  let house: Portal;
  let [sam, tom, mia, eve]: Owner[] = [];
  beforeAll(async () => {
    house = await portal({ database, env: { STAFF_ACTS_PER_DAY: '40' } });
    sam = await agent(house, 'Sam');
    tom = await agent(house, 'Tom');
    mia = await agent(house, 'Mia', 'admin');
    eve = await agent(house, 'Eve', 'admin');
  });
  afterAll(() => house.close());

  const told = ({ status, body }: JsonAnswer) => [status, body['code'] ?? body['status'], body['reason']];
  const room = ({ id }: Pick<Person, 'id'>, { path }: Act) => `/staff/clients/${id}/${path}`;

  async function client(act: Act, role: 'customer' | 'support' | 'admin' = 'customer'): Promise<Person> {
    const person = await house.account('Ann', role);
    await act.ready(house, person);
    return person;
  }

  async function times({ event }: Act, accountId: string): Promise<number> {
    await house.settled();
    const staffed = { accountId, name: event, actorType: 'staff' };
    return house.database.manager.countBy(AuditEntryRow, staffed);
  }

  async function html(
    visitor: Visitor,
    path: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<Response> {
    const token = (await visitor.goes('/staff')).form(['_csrf']).values.get('_csrf') ?? '';
    const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' };
    return visitor.sends(path, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ ...fields, _csrf: token }),
    });
  }

  describe.each(table)('$name', (act) => {
    it('is done once for a program, and a second time there is nothing to do', async () => {
      const ann = await client(act);
      const done = await acts(house, sam!, room(ann, act), { reason });
      expect([done.status, done.body['status'], done.body['act']]).toEqual([200, 'done', act.name]);
      const again = await acts(house, sam!, room(ann, act), { reason });
      expect(told(again)).toEqual([409, 'CONFLICT', 'nothing-to-do']);
      expect(await times(act, ann.id)).toBe(1);
    });

    it('is confirmed on the page, carried out, and the client’s page says so', async () => {
      const ann = await client(act);
      const { visitor, person, app } = sam!;
      await visitor.goes(`/staff/clients/${ann.id}`);
      await visitor.submits({ reason, ticket: '' }, room(ann, act));
      expect(visitor.page.address).toMatch(/^\/account\/confirm\?/);
      expect(visitor.page.text).toContain(ann.email);
      house.clock.advance(30_000);
      await visitor.submits({ password: person.password, code: app.code() });
      expect(visitor.page.address).toBe(`/staff/clients/${ann.id}?done=${act.name}`);
      expect(visitor.page.all('[role=status]')).toHaveLength(1);
      expect(await times(act, ann.id)).toBe(1);
    });

    it('has a page of its own with the same form', async () => {
      const ann = await client(act);
      const page = await sam!.visitor.goes(room(ann, act));
      expect([page.status, page.form(['reason', 'ticket']).action]).toEqual([200, room(ann, act)]);
      const { body } = await sam!.visitor.asks('GET', room(ann, act));
      expect(body).toMatchObject({ act: act.name, client: { id: ann.id }, secondAgent: false });
    });

    it('is refused without a factor, with a way to set one up, and without a confirmation', async () => {
      const ann = await client(act);
      const bare = house.visitor();
      await bare.signsIn(await house.account('Bob', 'support'));
      expect((await bare.asks('POST', room(ann, act), { reason })).body['code']).toBe('FORBIDDEN');
      const shown = await html(bare, room(ann, act), { reason });
      expect([shown.status, await shown.text()]).toEqual([
        403,
        expect.stringContaining('/account/security?returnTo'),
      ]);
      expect(told(await sam!.visitor.asks('POST', room(ann, act), { reason }))).toEqual([
        403,
        'STEP_UP_REQUIRED',
        undefined,
      ]);
      expect(await times(act, ann.id)).toBe(0);
    });

    it('is refused when the confirmation is older than five minutes, or was for another client', async () => {
      const [ann, bob] = [await client(act), await client(act)];
      const asked = await sam!.visitor.asks('POST', room(ann, act), { reason });
      await confirmsAct(house, sam!, String(asked.body['act']));
      expect((await sam!.visitor.asks('POST', room(bob, act), { reason })).status).toBe(403);
      house.clock.advance(5 * 60_000 + 1);
      expect((await sam!.visitor.asks('POST', room(ann, act), { reason })).body['code']).toBe(
        'STEP_UP_REQUIRED',
      );
      expect([await times(act, ann.id), await times(act, bob.id)]).toEqual([0, 0]);
    });

    it('is refused on oneself, on who does not exist, and to customers', async () => {
      expect(told(await acts(house, sam!, room(sam!.person, act), { reason }))).toEqual([
        403,
        'FORBIDDEN',
        'own-account',
      ]);
      expect(told(await acts(house, sam!, room({ id: 'nobody' }, act), { reason }))).toEqual([
        404,
        'NOT_FOUND',
        'no-client',
      ]);
      const ann = await client(act);
      const customer = await owner(house, 'Cat');
      expect((await acts(house, customer, room(ann, act), { reason })).body['code']).toBe('FORBIDDEN');
      const waiting = await pending(house, customer.person);
      expect((await waiting.asks('POST', room(ann, act), { reason })).status).toBe(401);
    });

    it('on a peer or upwards waits for a second one; downwards it does not', async () => {
      for (const [who, role] of [
        [sam!, 'support'],
        [sam!, 'admin'],
        [mia!, 'admin'],
      ] as const) {
        const ann = await client(act, role);
        expect(told(await acts(house, who, room(ann, act), { reason }))).toEqual([
          202,
          'approval-requested',
          undefined,
        ]);
        expect(await times(act, ann.id)).toBe(0);
      }
      const ann = await client(act, 'support');
      expect((await acts(house, mia!, room(ann, act), { reason })).status).toBe(200);
    });

    it('is refused without a reason and for a ticket of another client, and keeps what was typed', async () => {
      const [ann, bob] = [await client(act), { ...(await house.account('Bob')), role: 'customer' as const }];
      const id = await house.app.get(Tickets).open(null, bob, { subject: 'Mine', body: 'Mine.' });
      for (const [body, field] of [
        [{}, 'reason'],
        [{ reason: ' ' }, 'reason'],
        [{ reason: 'a\u0000b' }, 'reason'],
        [{ reason: 'x'.repeat(501) }, 'reason'],
        [{ reason, ticket: id }, 'ticket'],
        [{ reason, ticket: 'T-00000000' }, 'ticket'],
        [{ reason, ticket: 5 }, 'ticket'],
      ] as const) {
        const refused = await acts(house, sam!, room(ann, act), body);
        expect([refused.status, refused.body['code'], Object.keys(refused.body['fields'] as object)]).toEqual(
          [...[400, 'INVALID_INPUT'], [field]],
        );
      }
      const shown = await (await html(sam!.visitor, room(ann, act), { reason, ticket: id })).text();
      expect(shown).toContain(reason);
      expect(shown).toContain('This client has no ticket with this number.');
      expect(await times(act, ann.id)).toBe(0);
    });

    it('is done once by two agents at once', async () => {
      const ann = await client(act);
      for (const who of [tom!, eve!]) {
        const asked = await who.visitor.asks('POST', room(ann, act), { reason });
        await confirmsAct(house, who, String(asked.body['act']));
      }
      const both = [tom!, eve!].map(({ visitor }) => visitor.asks('POST', room(ann, act), { reason }));
      const statuses = (await Promise.all(both)).map(({ status }) => status).sort();
      expect(statuses[0]).toBe(200);
      expect(act.second).toContain(statuses[1]);
      expect(await times(act, ann.id)).toBe(1);
    });

    it('is done once by a double click', async () => {
      const ann = await client(act);
      const asked = await tom!.visitor.asks('POST', room(ann, act), { reason });
      await confirmsAct(house, tom!, String(asked.body['act']));
      const clicks = await Promise.all(
        [1, 2].map(() => html(tom!.visitor.twin(), room(ann, act), { reason })),
      );
      expect(clicks.map(({ status }) => status)).toContain(303);
      expect(await times(act, ann.id)).toBe(1);
    });
  });
});
