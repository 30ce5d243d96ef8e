import { Injectable, Module } from '@nestjs/common';
import {
  type Account,
  Mailer,
  type Notice,
  TwoFactor,
  TwoFactorModule,
  twoFactorEntities,
} from 'nestjs-two-factor';
import { EmitterSink } from 'nestjs-two-factor/emitter';
import { PassportSession } from 'nestjs-two-factor/passport';
import { DataSource } from 'typeorm';
import { Accounts } from './host/accounts.js';
import { HostModule } from './host/host.module.js';
import { keys } from './host/keys.js';
import { UsersModule } from './host/users.module.js';
import { ForeignHost, type Member } from './support/foreign-host.js';
import { passwordOf, protectedMember, setsUp, type ProtectedMember } from './support/protected-member.js';

const letters: { readonly to: string; readonly template: string }[] = [];

/** Writes down which notices members are sent. */
@Injectable()
class LetterBook extends Mailer {
  async send({ email }: Account, { template }: Notice): Promise<void> {
    letters.push({ to: email, template });
  }
}

@Module({
  imports: [
    HostModule,
    TwoFactorModule.forRoot({
      issuer: 'Example Hosting',
      keys,
      accounts: Accounts,
      session: PassportSession,
      sink: EmitterSink,
      mailer: LetterBook,
      imports: [UsersModule],
    }),
  ],
})
class MailingApp {}

type Loss = (database: DataSource, member: Member) => Promise<void>;

const rowsOf =
  (...tables: readonly string[]): Loss =>
  async (database, { id }) => {
    for (const table of tables) await database.query(`DELETE FROM ${table} WHERE account_id = '${id}'`);
  };

const tablesOf = (database: DataSource): string[] =>
  twoFactorEntities.map((entity) => database.getMetadata(entity).tableName);

/** What becomes of the package's rows; the flag stands in the host's own table, and stays. */
const losses: Readonly<Record<string, Loss>> = {
  'both of its rows are deleted': rowsOf('two_factor_accounts', 'two_factor_factors'),
  'the row of its account is gone, those of its factors are not': rowsOf('two_factor_accounts'),
  'the rows of its factors are gone, that of its account is not': rowsOf('two_factor_factors'),
  'every table is emptied': async (database) => {
    for (const table of tablesOf(database)) await database.query(`DELETE FROM ${table}`);
  },
  'a backup without the tables is restored, and they are made anew': async (database) => {
    for (const table of tablesOf(database)) await database.query(`DROP TABLE ${table}`);
    await database.query(`DELETE FROM migrations WHERE name LIKE 'TwoFactor%'`);
    await database.runMigrations();
  },
};

describe('a protected account of a host with its own flag', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({ app: MailingApp });
  });
  afterAll(() => host.close());

  async function loses(loss: Loss): Promise<ProtectedMember> {
    const ann = await protectedMember(host);
    await host.told(ann.member);
    await loss(host.get(DataSource), ann.member);
    return ann;
  }

  /** The password alone signs in by none of the host's ways. */
  async function isShut(member: Member): Promise<void> {
    for (const address of ['/login', '/enter-by-itself', '/enter-derived']) {
      const visitor = host.visitor();
      const { status, body } = await visitor.asks('POST', address, passwordOf(member));
      expect([address, status, body['message']]).toEqual([address, 503, expect.stringContaining('damaged')]);
      expect((await visitor.goes('/invoices')).status).toBe(401);
    }
  }

  it.each(Object.entries(losses))(
    'is not admitted by its password when %s; owner gets a mail',
    async (_what, loss) => {
      const { member } = await loses(loss);
      await isShut(member);
      expect(await host.told(member)).toContain('two-factor.alarm');
      const mailed = letters.filter(({ to }) => to === member.email).map(({ template }) => template);
      expect(mailed).toContain('alarm');
    },
  );

  it.each(Object.entries(losses))(
    'signs in by its password after a reset when %s, and is protected again by the next set-up',
    async (_what, loss) => {
      const { member } = await loses(loss);
      await isShut(member);
      const operator = { type: 'cli', id: 'root' } as const;
      expect(await host.get(TwoFactor).reset(member.id, 'rows lost', operator)).toBe(true);
      await host.get(TwoFactor).settled();
      expect(await host.isGuarded(member)).toBe(false);
      const visitor = host.visitor();
      expect((await visitor.asks('POST', '/login', passwordOf(member))).body).toEqual({ welcome: true });
      await setsUp(host, visitor, member);
      expect(await host.isGuarded(member)).toBe(true);
      const { body } = await host.visitor().asks('POST', '/login', passwordOf(member));
      expect(body['status']).toBe('challenge');
    },
  );

  it('leaves everybody else alone', async () => {
    await loses(losses['every table is emptied']!);
    const bob = await host.member('Bob');
    expect((await host.visitor().asks('POST', '/login', passwordOf(bob))).body).toEqual({ welcome: true });
  });
});
