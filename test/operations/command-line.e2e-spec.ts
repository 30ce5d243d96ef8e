import { accountCreate } from '../../src/cli/account-create.command.js';
import { migrateCommand } from '../../src/cli/migrate.command.js';
import { printed } from '../support/portal/command-line.js';
import { portal, type Portal } from '../support/portal/portal.js';

let site: Portal;
beforeAll(async () => {
  site = await portal({ modules: [] });
});
afterAll(() => site.close());

const types = (...words: string[]) => printed(site, [accountCreate, migrateCommand([])], words);

describe('account:create', () => {
  const facts = (email: string, role = 'customer') => ['--email', email, '--name', 'Ann', '--role', role];

  it('creates an account that can sign in at once, with a password that is printed once', async () => {
    const email = 'ann.cli@example.com';
    const answer = JSON.parse(await types('account:create', ...facts(email), '--json')) as {
      password: string;
    };
    expect(answer).toMatchObject({ email, role: 'customer' });
    expect((await site.visitor().signsIn({ email, password: answer.password })).address).toBe('/');
  });

  it.each([
    ['an address that is taken', 'twice@example.com', 'customer', 'There is an account'],
    ['no address', 'nobody', 'customer', '"nobody" is not an e-mail address.'],
    ['an unknown role', 'root@example.com', 'root', 'A role is one of customer, support, admin.'],
  ])('refuses %s in one sentence', async (_what, email, role, sentence) => {
    await types('account:create', ...facts('twice@example.com'));
    expect(await types('account:create', ...facts(email, role))).toContain(sentence);
  });
});

describe('migrate', () => {
  it('says that there is nothing to do', async () => {
    expect(await types('migrate')).toBe('The database is up to date.');
    expect(JSON.parse(await types('migrate', '--json'))).toEqual({ ran: [] });
  });
});
