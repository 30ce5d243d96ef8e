import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { Clock } from '../clock.js';
import { Statements } from 'typeorm-unit-of-work';
import { AccountRow } from './account.entity.js';
import { type AccountLine, type AccountLineWithHash, accountColumns, accountOf } from './account-line.js';
import {
  type Account,
  type AccountFacts,
  type NewAccount,
  accountFault,
  freshStamp,
  normalEmail,
} from './account.js';
import { Passwords, acceptablePassword, passwordLength } from './passwords/passwords.js';

/** A password that was hashed before the transaction that stores it. Nothing inside a transaction may wait for a hash. */
export interface NewPassword {
  readonly hash: string;
  /** The account's security stamp after the change. */
  readonly stamp: string;
}

/** The account of the typed address, and whether the password was correct. */
export interface PasswordLookup {
  readonly account: Account | null;
  readonly right: boolean;
  /** A hash with an outdated cost, which should be replaced; see `renewHash`. Null: there is nothing to do. */
  readonly outdatedHash: string | null;
}

/** The account cannot be created or changed like this; the message gives the reason. */
export class InvalidAccountError extends Error {
  override readonly name = 'AccountRefused';
}

/** The column and value to look an account up by. */
type AccountKey = Readonly<Record<'id', string>> | Readonly<Record<'email', string>>;

/** The accounts that can sign in. Look-ups return plain data or null; no hash leaves this class. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: DataSource,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  byId(id: string, manager?: EntityManager): Promise<Account | null> {
    return this.find({ id }, manager);
  }

  /** Accepts any spelling of the address: case and compatibility forms do not matter. */
  byEmail(email: string, manager?: EntityManager): Promise<Account | null> {
    return this.find({ email: normalEmail(email) }, manager);
  }

  /**
   * Checks the account's password. Null (no account has the address) costs the same time and returns false. A hash with an
   * outdated cost is replaced on the way.
   * @throws HashPoolFull when too many people sign in at once.
   */
  async checkPassword(accountId: string | null, password: string): Promise<boolean> {
    return this.matches(accountId === null ? null : await this.stored({ id: accountId }), password);
  }

  /**
   * Looks up the account of this address and checks the password; see `checkPassword`. Both need only one look-up. The hash is
   * not replaced: the result may still be refused, and the time until then must not tell that the password was right.
   */
  async lookUp(email: string, password: string): Promise<PasswordLookup> {
    const stored = await this.stored({ email: normalEmail(email) });
    const hash = stored?.password_hash ?? null;
    const right = await this.passwords.matches(hash, password);
    const outdated = right && hash !== null && this.passwords.outdated(hash);
    return { account: stored && accountOf(stored), right, outdatedHash: outdated ? hash : null };
  }

  /**
   * Replaces this stored hash by one with the configured cost. This does not change the password, so the stamp stays. The update
   * is conditional, so it cannot undo a concurrent change.
   * @throws HashPoolFull
   */
  async renewHash(id: string, stored: string, password: string): Promise<void> {
    const passwordHash = await this.passwords.hash(password);
    await this.database.manager.update(AccountRow, { id, passwordHash: stored }, { passwordHash });
  }

  /**
   * Hashes a new password; see `replacePassword`.
   * @throws InvalidAccountError when it is shorter or longer than allowed.
   * @throws HashPoolFull
   */
  async newPassword(password: string): Promise<NewPassword> {
    if (!acceptablePassword(password)) {
      const { min, max } = passwordLength;
      throw new InvalidAccountError(`A password has ${min} to ${max} characters.`);
    }
    return { hash: await this.passwords.hash(password), stamp: freshStamp() };
  }

  /**
   * Stores the password made by `newPassword` if the account's stamp is still this one; the stamp is then `next.stamp`. Returns
   * false, and changes nothing, when the stamp is different.
   */
  async replacePassword(
    { id, stamp }: Pick<Account, 'id' | 'stamp'>,
    next: NewPassword,
    manager = this.database.manager,
  ): Promise<boolean> {
    const credentialsChangedAt = this.clock.now();
    const change = { passwordHash: next.hash, stamp: next.stamp, credentialsChangedAt };
    return (await manager.update(AccountRow, { id, stamp }, change)).affected === 1;
  }

  /** @throws InvalidAccountError when the facts are not acceptable or the address is taken. @throws HashPoolFull */
  async create({ password, ...facts }: NewAccount): Promise<Account> {
    return this.add(facts, await this.newPassword(password));
  }

  /**
   * Adds an account with a password made by `newPassword`, in the given transaction.
   * @throws InvalidAccountError when the facts are not acceptable or the address is taken.
   */
  async add(facts: AccountFacts, password: NewPassword, manager = this.database.manager): Promise<Account> {
    const fault = accountFault(facts);
    if (fault) throw new InvalidAccountError(fault);
    const row = this.rowOf(facts, password);
    // Uses insert-or-ignore and not try-and-catch: a unique violation would abort a surrounding PostgreSQL transaction.
    await manager.createQueryBuilder().insert().into(AccountRow).values(row).orIgnore().execute();
    const made = await this.byId(row.id, manager);
    if (!made) throw new InvalidAccountError(`There is an account with the address ${row.email} already.`);
    return made;
  }

  /** The addresses of these accounts by id; unknown ids are left out. Runs one statement. */
  async emailsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const select = { id: true, email: true } as const;
    const rows = await this.database.manager.find(AccountRow, { select, where: { id: In([...ids]) } });
    return new Map(rows.map(({ id, email }) => [id, email]));
  }

  /** Returns whether there is no account yet. */
  async isEmpty(): Promise<boolean> {
    return !(await this.database.manager.exists(AccountRow));
  }

  private rowOf({ email, name, role }: AccountFacts, { hash, stamp }: NewPassword): AccountRow {
    const createdAt = this.clock.now();
    const own = { id: randomUUID(), email: normalEmail(email), name: name.trim(), role };
    const state = { stamp, sessionsVersion: 0, suspendedAt: null, credentialsChangedAt: null };
    return { ...own, ...state, passwordHash: hash, locale: null, timeZone: null, createdAt };
  }

  private async find(which: AccountKey, manager?: EntityManager): Promise<Account | null> {
    const line = await this.one<AccountLine>(accountColumns, which, manager);
    return line && accountOf(line);
  }

  private stored(which: AccountKey): Promise<AccountLineWithHash | null> {
    return this.one<AccountLineWithHash>(`${accountColumns}, password_hash`, which);
  }

  /** Every request of a sign-in uses this method, so it creates no entity. */
  private async one<L extends AccountLine>(
    columns: string,
    which: AccountKey,
    manager?: EntityManager,
  ): Promise<L | null> {
    const condition = 'id' in which ? 'id = :id' : 'email = :email';
    const sql = `SELECT ${columns} FROM accounts WHERE ${condition}`;
    const [line] = await new Statements(this.database, manager).query<L>(sql, { ...which });
    return line ?? null;
  }

  private async matches(stored: AccountLineWithHash | null, password: string): Promise<boolean> {
    const right = await this.passwords.matches(stored?.password_hash ?? null, password);
    if (right && stored && this.passwords.outdated(stored.password_hash)) {
      await this.renewHash(stored.id, stored.password_hash, password);
    }
    return right;
  }
}
