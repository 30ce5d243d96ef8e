import { AccountRow } from '../../src/accounts/account.entity.js';
import { SessionRow } from '../../src/auth/sessions/rows/session.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { honestFields } from '../support/input/honest-fields.js';
import { owner, type Owner } from '../support/people/owner.js';
import { allScopes, makesToken, type Program } from '../support/people/program.js';
import type { JsonAnswer } from '../support/people/visitor.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { addressOf, type Route, routesOf } from '../support/portal/routes.js';

const named = ({ method, path }: Route): string => `${method} ${path}`;

/** What each scope opens. A route that is not here is closed to every token. */
const opened: Readonly<Record<string, readonly string[]>> = {
  'services:read': ['GET /services', 'GET /services/:id', 'GET /services/:id/nameservers'],
  'invoices:read': ['GET /invoices', 'GET /invoices/:id'],
  'tickets:write': [
    'GET /tickets',
    'POST /tickets',
    'GET /tickets/:id',
    'POST /tickets/:id',
    'POST /tickets/:id/close',
  ],
  'domains:write': [
    'POST /services/:id/epp-code',
    'POST /services/:id/registrar-lock/on',
    'POST /services/:id/registrar-lock/off',
    'POST /services/:id/nameservers',
  ],
};
/** They show only what belongs to the token itself. */
const ofEveryToken = ['GET /approvals/:id'];

forEachDatabase('every route, asked with a token, on', (database) => {
  let site: Portal;
  let routes: Route[];
  beforeAll(async () => {
    site = await portal({ database, env: { MAILED_CODES: 'on', PASSKEY_SIGN_IN: 'everyone' } });
    // Assets have no session, no account and no content of anybody.
    routes = routesOf(site).filter(({ path }) => !path.startsWith('/assets/'));
  });
  afterAll(() => site.close());

  /** What the program gets of this route: `closed`, `scope`, `open`, or anything that should not be. */
  async function met(program: Program, route: Route): Promise<string> {
    const body = route.method === 'GET' ? undefined : (honestFields[named(route)] ?? {});
    return wordFor(await program.asks(route.method, addressOf(route, 'x'), body));
  }

  async function walk(program: Program): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const [place, route] of routes.entries()) {
      // One token may send 300 requests in a minute.
      if (place % 100 === 99) site.clock.passesSeconds(61);
      found[named(route)] = await met(program, route);
    }
    return found;
  }

  const expected = (scopes: readonly string[]): Record<string, string> => {
    const open = [...ofEveryToken, ...scopes.flatMap((scope) => opened[scope] ?? [])];
    const known = Object.values(opened).flat();
    const of = (name: string) => (open.includes(name) ? 'open' : known.includes(name) ? 'scope' : 'closed');
    return Object.fromEntries(routes.map((route) => [named(route), of(named(route))]));
  };

  it.each([...allScopes.map((scope) => [scope]), allScopes])(
    'is open to %s only as far as it names',
    async (...scopes) => {
      const ann = await owner(site, 'Ann');
      const given = scopes.filter((scope) => typeof scope === 'string');
      expect(await walk(await makesToken(site, ann, { scopes: given }))).toEqual(expected(given));
      expect(routes.length).toBeGreaterThan(60);
    },
  );

  it('is closed to a token of staff where it is the staff’s, and where it is a person’s own', async () => {
    const sam: Owner = await owner(site, 'Sam', { person: await site.account('Sam', 'admin') });
    expect(await walk(await makesToken(site, sam))).toEqual(expected(allScopes));
  });

  it('changes nothing of account and sessions, whatever a token of all scopes sends', async () => {
    const ann = await owner(site, 'Ann');
    const program = await makesToken(site, ann);
    const state = async () => {
      const account = await site.database.manager.findOneByOrFail(AccountRow, { id: ann.person.id });
      const { status, body } = await ann.visitor.asks('GET', '/account/security');
      const sessions = await site.database.manager.countBy(SessionRow, { accountId: ann.person.id });
      return { account, sessions, status, factors: body['factors'] };
    };
    const before = await state();
    await walk(program);
    expect(await state()).toEqual(before);
  });
});

function wordFor({ status, body, headers }: JsonAnswer): string {
  const challenge = headers.get('www-authenticate') ?? '';
  const code = String(body['code']);
  if (status === 403 && challenge.includes('insufficient_scope'))
    return code === 'INSUFFICIENT_SCOPE' ? 'scope' : 'closed';
  return [200, 202, 404].includes(status) && challenge === '' ? 'open' : `${status} ${code}`;
}
