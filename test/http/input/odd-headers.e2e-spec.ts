import { Audit } from '../../../src/audit/audit.service.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { owner } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { resetLinks } from '../../support/people/reset-link.js';
import type { Visitor } from '../../support/people/visitor.js';

const long = 'x'.repeat(200);

/** Values that proxies and browsers send about clients; each of them would be stored in a row. */
const headers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a forwarded address of 200 characters': { 'X-Forwarded-For': long },
  'an IPv6 address with a zone of 200 characters': { 'X-Forwarded-For': `fe80::1%${long}` },
  'a forwarded address of bytes that are no text': { 'X-Forwarded-For': '\xe6\xb1\x89\x85' },
  'a list of nothing for an address': { 'X-Forwarded-For': ' , ,' },
  'a user agent of 4,000 characters': { 'User-Agent': 'Firefox '.repeat(500) },
  'a user agent of control characters': { 'User-Agent': '\x80\x9b31m\xff'.repeat(40) },
  'a request id of 4,000 characters': { 'X-Request-Id': long.repeat(20) },
  'languages that there are not': { 'Accept-Language': `${long}, *;q=x, \xff` },
};

forEachDatabase('a browser whose headers are odd, on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  const told = async (id: string): Promise<string[]> => {
    await site.settled();
    return (await site.app.get(Audit).listOf(id, 50)).map(({ name }) => name);
  };

  describe.each(Object.entries(headers))('%s', (_, odd) => {
    it('is refused and admitted like any other, and each failure and action emits an event', async () => {
      const { person, app } = await owner(site, 'Ann');
      const visitor = site.visitor();
      const asks = (path: string, body: object, by: Visitor = visitor) => by.asks('POST', path, body, odd);
      const { email, password } = person;
      expect((await asks('/login', { email, password: 'not hers' })).status).toBe(401);
      expect((await asks('/login', { email, password })).status).toBe(200);
      const wrong = await asks('/login/challenge', { kind: 'totp', code: app.code(500) });
      expect([wrong.status, wrong.body['code']]).toEqual([401, 'PROOF_REFUSED']);
      const right = { kind: 'totp', code: app.code(), trustDevice: true };
      expect((await asks('/login/challenge', right)).status).toBe(200);
      site.clock.passesSeconds(31);
      const miss = await asks('/account/confirm', { password, kind: 'totp', code: app.code(500) });
      expect([miss.status, miss.body['code']]).toEqual([401, 'PROOF_REFUSED']);
      expect((await asks('/account/confirm', { password, kind: 'totp', code: app.code() })).status).toBe(200);
      expect((await asks('/tickets', { subject: 'Help', body: 'Down.' })).status).toBe(200);
      expect((await asks('/password/forgot', { email }, site.visitor())).status).toBe(200);
      expect(await resetLinks(site, person)).toHaveLength(1);
      for (const page of ['/account/security', '/account/sessions'])
        expect((await visitor.goes(page)).status).toBe(200);
      const names = await told(person.id);
      expect(names.filter((name) => name === 'two-factor.challenge.failed')).toHaveLength(1);
      expect(names).toEqual(
        expect.arrayContaining([
          'login.failed',
          'login.succeeded',
          'two-factor.challenge.passed',
          'two-factor.device.trusted',
          'two-factor.step-up.failed',
          'two-factor.step-up.passed',
          'ticket.opened',
          'password.reset-requested',
        ]),
      );
    });
  });
});
