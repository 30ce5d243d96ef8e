import { seedCommand } from '../../src/seed/seed.command.js';
import { AuthenticatorApp } from '../support/people/authenticator-app.js';
import { printed } from '../support/portal/command-line.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { portal, type Portal } from '../support/portal/portal.js';

const password = 'a password for load tests';
/** Base32 of SHA-1 of the address, worked out by another program. */
const secret = 'X35NH5F2MV6EMOJUGTK5XGTUFXN7TJ5L';
const first = { email: 'user000001@example.net', password };

/** The output of the seed, with the keys of this portal. */
const seeds = (site: Portal, words: string, env: Readonly<Record<string, string>> = {}) =>
  printed(site, [seedCommand], ['seed', ...words.split(' '), '--json'], {
    ...{ SEED_PASSWORD: password },
    ...env,
  });

function made(accounts: number, enrolled: number): unknown {
  return expect.objectContaining({ made: { accounts, enrolled } });
}

forEachDatabase('a seed on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  it('creates accounts that sign in with the password and the code of a public secret', async () => {
    expect(JSON.parse(await seeds(site, '--accounts 4'))).toEqual(made(4, 4));
    const app = AuthenticatorApp.types(secret, site.clock);
    const visitor = site.visitor();
    expect((await visitor.signsIn(first)).address).toBe('/login/challenge');
    expect((await visitor.submits({ code: app.code() })).address).toBe('/');
    const again = site.visitor();
    await again.signsIn(first);
    expect((await again.submits({ code: app.code() })).status).toBe(401);
  });

  it('keeps existing accounts, adds missing ones, and keeps the same people enrolled', async () => {
    expect(JSON.parse(await seeds(site, '--accounts 600'))).toEqual(made(596, 596));
    expect(JSON.parse(await seeds(site, '--accounts 604 --enrolled 0.5'))).toEqual(made(4, 2));
    expect(JSON.parse(await seeds(site, '--accounts 604 --enrolled 0.5'))).toEqual(made(0, 0));
    expect(JSON.parse(await seeds(site, '--accounts 604 --enrolled 1'))).toEqual(made(0, 2));
  });

  it('signs in people without two-factor with the password alone', async () => {
    await seeds(site, '--accounts 605 --enrolled 0');
    const plain = { email: 'user000605@example.net', password };
    expect((await site.visitor().signsIn(plain)).address).toBe('/');
  });

  it('does not open enrolled accounts where the module is not installed', async () => {
    await seeds(site, '--accounts 1');
    const without = await portal({ besides: site, modules: [] });
    const page = await without.visitor().signsIn(first);
    expect(page.status).toBeGreaterThanOrEqual(400);
    await without.close();
  });
});

describe('a seed', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterAll(() => site.close());

  it.each([
    ['no number', '--accounts many', {}, '--accounts is a whole number from 1 to 999999.'],
    ['none at all', '--accounts 0', {}, '--accounts is a whole number from 1 to 999999.'],
    ['a share of more than all', '--accounts 2 --enrolled 50', {}, '--enrolled is a share from 0 to 1'],
    ['a short password', '--accounts 2', { SEED_PASSWORD: 'short' }, 'SEED_PASSWORD must be'],
    ['production', '--accounts 2', { NODE_ENV: 'production' }, 'There is no seed in production'],
  ])('refuses %s in one sentence', async (_what, words, env, sentence) => {
    expect(await seeds(site, words, env)).toContain(sentence);
  });

  it('touches neither accounts with another password nor accounts that were not seeded', async () => {
    await seeds(site, '--accounts 1');
    const other = { SEED_PASSWORD: 'another password' };
    expect(await seeds(site, '--accounts 2', other)).toContain('with another SEED_PASSWORD');
    await site.database.query(`UPDATE accounts SET id = 'somebody' WHERE email = '${first.email}'`);
    expect(await seeds(site, '--accounts 2')).toContain('is an account that was not seeded');
  });
});
