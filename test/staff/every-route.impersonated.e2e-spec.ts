import { AccountRow } from '../../src/accounts/account.entity.js';
import { SessionRow } from '../../src/auth/sessions/rows/session.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { honestFields } from '../support/input/honest-fields.js';
import { acts, agent } from '../support/people/agent.js';
import { owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { addressOf, type Route, routesOf } from '../support/portal/routes.js';

const named = ({ method, path }: Route): string => `${method} ${path}`;

/** All that stays open while an agent acts as a client. A route that is not here is shut. */
const open = [
  ...['GET /', 'GET /services', 'GET /services/:id', 'GET /invoices', 'GET /invoices/:id'],
  ...['GET /tickets', 'POST /tickets', 'GET /tickets/:id', 'POST /tickets/:id', 'POST /tickets/:id/close'],
  'GET /tickets/:id/close',
  ...['GET /logout', 'POST /logout', 'GET /staff/impersonation/end', 'POST /staff/impersonation/end'],
];
/** The same for all visitors, and without an account. */
const ofNobody = /^GET \/(\.well-known\/[\w.-]+|favicon\.ico|assets\/:file)$/;
/** A person who is signed in has nothing to do there: 409. */
const ofVisitors = /^(GET|POST) \/login$/;
const ends = ['POST /logout', 'POST /staff/impersonation/end'];

forEachDatabase('every route, asked by an agent who acts as a client, on', (database) => {
  let site: Portal;
  let ann: Owner;
  let sam: Owner;
  let routes: Route[];
  beforeAll(async () => {
    site = await portal({ database, env: { MAILED_CODES: 'on', PASSKEY_SIGN_IN: 'everyone' } });
    routes = routesOf(site);
    ann = await owner(site, 'Ann');
    sam = await agent(site, 'Mia', 'admin');
    const path = `/staff/clients/${ann.person.id}/impersonate`;
    expect((await acts(site, sam, path, { reason: 'A call.' })).status).toBe(200);
  });
  afterAll(() => site.close());

  const asks = (route: Route, parameter: string) => {
    const body = route.method === 'GET' ? undefined : (honestFields[named(route)] ?? {});
    return sam.visitor.asks(route.method, addressOf(route, parameter), body);
  };
  const state = async () => {
    const accounts = [ann, sam].map(({ person: { id } }) =>
      site.database.manager.findOneByOrFail(AccountRow, { id }),
    );
    const sessions = await site.database.manager.countBy(SessionRow, { accountId: ann.person.id });
    return { accounts: await Promise.all(accounts), sessions };
  };

  it.each(['x', 'all'])('is shut unless it is one of the few, whatever it names: %s', async (parameter) => {
    const before = await state();
    const found: Record<string, string> = {};
    for (const route of routes.filter((each) => !ends.includes(named(each)))) {
      const { status, body } = await asks(route, parameter);
      const isShut = status === 403 && body['code'] === 'FORBIDDEN' && body['reason'] === 'impersonation';
      found[named(route)] = isShut ? 'shut' : status === 409 ? 'visitors' : 'open';
    }
    const expected = Object.keys(found).map((name) => {
      if (ofVisitors.test(name)) return [name, 'visitors'];
      return [name, open.includes(name) || ofNobody.test(name) ? 'open' : 'shut'];
    });
    expect(found).toEqual(Object.fromEntries(expected));
    expect(Object.keys(found).length).toBeGreaterThan(60);
    expect(await state()).toEqual(before);
  });

  it('names the client and not the agent where it is open, and both in the banner of each page', async () => {
    const home = await sam.visitor.goes('/');
    expect([home.text.includes('Mia, you act as Ann.'), home.text.includes(sam.person.email)]).toEqual([
      true,
      false,
    ]);
    const shut = await sam.visitor.goes('/account/security');
    expect([shut.status, shut.text.includes('Mia, you act as Ann.')]).toEqual([403, true]);
  });

  it('is open to the agent again afterwards', async () => {
    expect((await sam.visitor.asks('POST', '/staff/impersonation/end', {})).status).toBe(200);
    for (const path of ['/staff', '/staff/clients', '/staff/audit', '/account/security', '/account/tokens'])
      expect([path, (await sam.visitor.asks('GET', path)).status]).toEqual([path, 200]);
  });
});
