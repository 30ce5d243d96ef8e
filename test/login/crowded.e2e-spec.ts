import { HashPool } from '../../src/accounts/passwords/hash-pool.js';
import { owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

/** More than work and wait at once. */
const crowd = 400;

let site: Portal;
beforeAll(async () => {
  site = await portal();
});
afterAll(() => site.close());

/** Fills the pool with hashes; returns the function that ends them. */
function fill(pool: HashPool): () => Promise<unknown> {
  let end: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => (end = resolve));
  const taken = Array.from({ length: crowd }, () => pool.run(() => slow).catch((error: unknown) => error));
  return () => {
    end();
    return Promise.all(taken);
  };
}

describe('while more passwords are checked than the machine can', () => {
  it('signing in is refused at once, for all accounts alike, and works again afterwards', async () => {
    const ann = await site.account('Ann');
    const empty = fill(site.app.get(HashPool));
    const [known, unknown] = [site.visitor(), site.visitor()];
    const refused = await known.asks('POST', '/login', { email: ann.email, password: ann.password });
    const nobody = await unknown.asks('POST', '/login', {
      email: 'nobody@example.com',
      password: 'whatever',
    });
    await empty();
    for (const answer of [refused, nobody]) {
      expect([answer.status, answer.body['code']]).toEqual([503, 'UNAVAILABLE']);
      expect(answer.headers.get('retry-after')).toBe('10');
    }
    expect((await known.asks('GET', '/invoices')).status).toBe(401);
    expect((await known.asks('POST', '/login', { email: ann.email, password: ann.password })).status).toBe(
      200,
    );
  });

  it('a confirmation is refused, does not count as one, and costs no try', async () => {
    const ann = await owner(site, 'Ann');
    const answer = { password: ann.person.password, kind: 'totp', code: ann.app.code() };
    const empty = fill(site.app.get(HashPool));
    for (let attempt = 0; attempt < 6; attempt += 1)
      expect((await ann.visitor.asks('POST', '/account/confirm', answer)).status).toBe(503);
    await empty();
    const { body } = await ann.visitor.asks('POST', '/account/security/two-factor/disable');
    expect(body['code']).toBe('STEP_UP_REQUIRED');
    expect((await ann.visitor.asks('POST', '/account/confirm', answer)).status).toBe(200);
  });
});
