import { Module, type Type } from '@nestjs/common';
import { type Account, AccountDirectory, backupCodes, totp, TwoFactorModule } from 'nestjs-two-factor';
import { PassportSession } from 'nestjs-two-factor/passport';
import { Curiosity } from '../support/input/curiosity.js';
import { Accounts } from './host/accounts.js';
import { HostModule } from './host/host.module.js';
import { keys } from './host/keys.js';
import { Users } from './host/users.js';
import { UsersModule } from './host/users.module.js';
import { ForeignHost } from './support/foreign-host.js';
import { passwordOf, protectedMember } from './support/protected-member.js';

const curiosity = new Curiosity();

/** A directory that returns all properties of its users, like a careless one. */
class GenerousAccounts extends Accounts {
  constructor(private readonly everybody: Users) {
    super(everybody);
  }

  override async find(id: string): Promise<Account | null> {
    const account = await super.find(id);
    return account && Object.assign({}, await this.everybody.byId(Number(id)), account);
  }
}
Reflect.defineMetadata('design:paramtypes', [Users], GenerousAccounts);

@Module({
  imports: [
    HostModule,
    TwoFactorModule.forRoot({
      issuer: 'Example Hosting',
      keys,
      factors: [curiosity.over(totp()), curiosity.over(backupCodes())],
      accounts: GenerousAccounts,
      session: PassportSession,
      imports: [UsersModule],
    }),
  ],
})
class CuriousApp {}

let host: ForeignHost;
beforeAll(async () => {
  host = await ForeignHost.start({ app: CuriousApp });
});
afterAll(() => host.close());

it('a factor of any host sees its own fields, and neither the password nor its hash', async () => {
  const { member, phone, codes, visitor } = await protectedMember(host);
  const answer = { password: member.password, returnTo: '/?wanted=the-way-back' };
  await visitor.asks('POST', '/account/confirm', { ...answer, code: '000000', response: '{}' });
  expect((await visitor.asks('POST', '/account/confirm', { ...answer, code: phone.code() })).status).toBe(
    200,
  );
  const later = host.visitor();
  await later.asks('POST', '/login', passwordOf(member));
  expect((await later.asks('POST', '/login/challenge', { code: codes[0], response: '{}' })).status).toBe(200);

  const proofs = ['verify', 'finishEnrollment'].flatMap((method) => curiosity.of(method));
  expect(proofs.map(({ given }) => Reflect.ownKeys(given[1] as object))).toEqual(proofs.map(() => ['code']));
  expect(proofs.length).toBeGreaterThan(3);
  const user = await host.get(Users).byId(Number(member.id));
  expect(user?.passwordHash).toMatch(/.{20}/);
  const directory = host.get(AccountDirectory as Type<AccountDirectory>);
  const { stamp } = (await directory.find(member.id))!;
  for (const hidden of [member.password, user!.passwordHash, stamp, 'the-way-back', 'returnTo'])
    expect(curiosity.glimpses.filter(({ text }) => text.includes(hidden))).toEqual([]);
});
