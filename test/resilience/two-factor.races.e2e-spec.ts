import { forEachDatabase } from '../support/databases/databases.js';
import { pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { JsonAnswer, Visitor } from '../support/people/visitor.js';

const logins = 20;

forEachDatabase('at the same instant on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  const answers = (visitors: Visitor[], body: (index: number) => object): Promise<JsonAnswer[]> =>
    Promise.all(visitors.map((visitor, index) => visitor.asks('POST', '/login/challenge', body(index))));

  async function pendingLogins(person: { email: string; password: string; id: string; name: string }) {
    const visitors: Visitor[] = [];
    for (let index = 0; index < logins; index += 1) visitors.push(await pending(site, person));
    return visitors;
  }

  const signedIn = async (visitors: Visitor[]) => {
    const seen = await Promise.all(visitors.map((visitor) => visitor.asks('GET', '/invoices')));
    return seen.filter(({ status }) => status === 200).length;
  };

  it('one right code over twenty pending logins signs in exactly once', async () => {
    const ann = await owner(site, 'Ann');
    const visitors = await pendingLogins(ann.person);
    const code = ann.app.code();
    const got = await answers(visitors, () => ({ kind: 'totp', code }));
    expect(got.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(got.filter(({ status }) => ![200, 401, 429].includes(status))).toEqual([]);
    expect(await signedIn(visitors)).toBe(1);
  });

  it('one backup code in two spellings over twenty pending logins signs in exactly once', async () => {
    const ann = await owner(site, 'Ann');
    const visitors = await pendingLogins(ann.person);
    const spellings = [ann.codes[0]!, ann.codes[0]!.toLowerCase().replaceAll('-', '')];
    const got = await answers(visitors, (index) => ({ kind: 'backup-codes', code: spellings[index % 2] }));
    expect(got.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(got.filter(({ status }) => ![200, 401].includes(status))).toEqual([]);
    expect(await signedIn(visitors)).toBe(1);
    const status = await visitors[got.findIndex((each) => each.status === 200)]!.asks(
      'GET',
      '/account/security',
    );
    expect(status.body['backupCodesLeft']).toBe(9);
  });

  it('ten different backup codes over ten pending logins all sign in', async () => {
    const ann = await owner(site, 'Ann');
    const visitors = (await pendingLogins(ann.person)).slice(0, 10);
    const got = await answers(visitors, (index) => ({ kind: 'backup-codes', code: ann.codes[index] }));
    expect(got.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await signedIn(visitors)).toBe(10);
  });

  it('thirty wrong codes are charged as many as the budget allows, and no more', async () => {
    const ann = await owner(site, 'Ann');
    const visitors = [
      ...(await pendingLogins(ann.person)),
      ...(await pendingLogins(ann.person)).slice(0, 10),
    ];
    const got = await answers(visitors, () => ({ kind: 'totp', code: ann.app.code(300) }));
    expect(got.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(got.filter(({ status }) => status === 429)).toHaveLength(25);
    const [row] = await site.database.query<{ misses: number }[]>(
      `SELECT misses FROM two_factor_attempts WHERE subject = 'account:${ann.person.id}'`,
    );
    expect(Number(row?.misses)).toBe(5);
    expect(await signedIn(visitors)).toBe(0);
  });
});
