import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { FixedClock } from '../../test/support/portal/fixed-clock.js';
import { forEachDatabase } from '../../test/support/databases/databases.js';
import { type Scratch, scratchDatabase } from '../../test/support/databases/scratch-database.js';
import type { Config } from '../config.js';
import { AccountRow } from './account.entity.js';
import { InvalidAccountError, Accounts } from './accounts.service.js';
import { HashPool } from './passwords/hash-pool.js';
import { Passwords } from './passwords/passwords.js';

const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 };
const password = 'correct horse battery';

function newcomer() {
  return { email: `${randomUUID()}@example.com`, name: 'Ann', role: 'customer', password } as const;
}

forEachDatabase('on', (kind) => {
  let scratch: Scratch;
  let pool: HashPool;

  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    pool = new HashPool({ workers: 2, queue: 50, waitMs: 10_000 });
  });
  afterAll(() => scratch.close());

  function accounts(passwordHash = cheap): Accounts {
    const passwords = new Passwords({ passwordHash } as Config, pool);
    return new Accounts(scratch.database, passwords, new FixedClock());
  }

  describe('accounts', () => {
    it('are found by every spelling of their address, and kept under one', async () => {
      const made = await accounts().create({ ...newcomer(), email: ` Ann.${randomUUID()}@ExAmple.COM ` });
      expect(made.email).toBe(made.email.trim().toLowerCase());
      expect(await accounts().byEmail(made.email.toUpperCase())).toEqual(made);
      expect(await accounts().byId(made.id)).toEqual(made);
    });

    it('have one address where a capital letter is written in two characters and its small one in one', async () => {
      const unique = randomUUID();
      const made = await accounts().create({ ...newcomer(), email: `J\u030c.${unique}@example.com` });
      expect(await accounts().byEmail(made.email)).toEqual(made);
      expect(await accounts().byEmail(`\u01f0.${unique}@example.com`)).toEqual(made);
    });

    it('are not found by an address that only looks alike', async () => {
      const { email } = await accounts().create({ ...newcomer(), email: `zoe-${randomUUID()}@example.com` });
      expect(await accounts().byEmail(email.replace('zoe', 'zoé'))).toBeNull();
      expect(await accounts().byId('')).toBeNull();
    });

    it('cannot share an address', async () => {
      const ann = newcomer();
      await accounts().create(ann);
      await expect(accounts().create({ ...ann, email: ann.email.toUpperCase() })).rejects.toThrow(
        InvalidAccountError,
      );
    });

    it.each([
      ['an address that is none', { email: 'ann' }],
      ['an address that hides a blank', { email: '"ann b"@example.com' }],
      ['an address with something unseen', { email: 'ann\u200b@example.com' }],
      ['a name with a line end', { name: 'Ann\r\nBcc: eve@example.com' }],
      ['no name', { name: ' ' }],
      ['a short password', { password: 'seven77' }],
      ['a password of 129 characters', { password: 'x'.repeat(129) }],
    ])('are not made with %s', async (_, wrong) => {
      const ann = { ...newcomer(), ...wrong };
      await expect(accounts().create(ann)).rejects.toThrow(InvalidAccountError);
      expect(await accounts().byEmail(ann.email)).toBeNull();
    });

    it('count a password in characters, not in bytes', async () => {
      const { id } = await accounts().create({ ...newcomer(), password: '🔑'.repeat(128) });
      expect(await accounts().checkPassword(id, '🔑'.repeat(128))).toBe(true);
    });

    it('say the addresses of those that exist', async () => {
      const { id, email } = await accounts().create(newcomer());
      expect(await accounts().emailsOf([id, 'nobody'])).toEqual(new Map([[id, email]]));
      expect(await accounts().emailsOf([])).toEqual(new Map());
    });
  });

  describe('a password', () => {
    it('is right in every composition of the same characters, and otherwise wrong', async () => {
      const { id } = await accounts().create({ ...newcomer(), password: 'crème brûlée' });
      expect(await accounts().checkPassword(id, 'crème brûlée'.normalize('NFD'))).toBe(true);
      expect(await accounts().checkPassword(id, 'creme brulee')).toBe(false);
    });

    it('is never right for an unknown account, and takes as long as for a known one', async () => {
      const { id } = await accounts().create(newcomer());
      const fresh = accounts();
      await fresh.checkPassword(null, password);
      const hashing = jest.spyOn(pool, 'run');
      await fresh.checkPassword(id, 'wrong password');
      const known = hashing.mock.calls.length;
      expect(await fresh.checkPassword(null, password)).toBe(false);
      expect(hashing.mock.calls.length).toBe(2 * known);
      hashing.mockRestore();
    });

    it('changes the stamp when it is changed, and the old one is wrong from then on', async () => {
      const before = await accounts().create(newcomer());
      const next = await accounts().newPassword('another password');
      await accounts().replacePassword(before, next);
      expect((await accounts().byId(before.id))?.stamp).toBe(next.stamp);
      expect(next.stamp).not.toBe(before.stamp);
      expect(await accounts().checkPassword(before.id, password)).toBe(false);
      expect(await accounts().checkPassword(before.id, 'another password')).toBe(true);
    });

    it('is hashed at the new cost when its owner signs in, and the account counts as unchanged', async () => {
      const { id, stamp } = await accounts().create(newcomer());
      const dearer = accounts({ ...cheap, timeCost: 2 });
      expect(await dearer.checkPassword(id, 'wrong password')).toBe(false);
      expect(await hashOf(id)).toContain('t=1');
      expect(await dearer.checkPassword(id, password)).toBe(true);
      expect(await hashOf(id)).toContain('t=2');
      expect((await accounts().byId(id))?.stamp).toBe(stamp);
    });
  });

  async function hashOf(id: string): Promise<string> {
    return (await scratch.database.manager.findOneByOrFail(AccountRow, { id })).passwordHash;
  }
});
