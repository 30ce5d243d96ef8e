import { Injectable, Logger, UnauthorizedException } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import { jest } from '@jest/globals';
import { OpenApp } from '../host/open.app.js';
import { PasswordStrategy } from '../host/password.strategy.js';
import type { User } from '../host/user.entity.js';
import { Users } from '../host/users.js';
import { ForeignHost } from '../support/foreign-host.js';
import { passwordOf, protectedMember } from '../support/protected-member.js';

/** As it was before two-factor: without the check. */
@Injectable()
class UncheckedStrategy extends PassportStrategy(Strategy) {
  constructor(private readonly users: Users) {
    super({ usernameField: 'email' });
  }

  async validate(email: string, password: string): Promise<User> {
    const user = await this.users.withPassword(email, password);
    if (!user) throw new UnauthorizedException();
    return user;
  }
}

describe('a host that forgot the check', () => {
  let host: ForeignHost;
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const warnings = () =>
    warn.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('check'));
  beforeAll(async () => {
    host = await ForeignHost.start({
      app: OpenApp,
      override: (builder) => builder.overrideProvider(PasswordStrategy).useClass(UncheckedStrategy),
    });
  });
  afterAll(() => host.close());

  it('is not warned while no account is protected', async () => {
    await host.visitor().asks('POST', '/login', passwordOf(await host.member('Bob')));
    expect(warnings()).toEqual([]);
  });

  it('is warned of each guard once, at the first sign-in of a protected account', async () => {
    const { member } = await protectedMember(host);
    for (const address of ['/login', '/login', '/enter-by-itself'])
      expect((await host.visitor().asks('POST', address, passwordOf(member))).body).toMatchObject({
        status: 'challenge',
      });
    expect(warnings()).toEqual([
      expect.stringMatching(/^LoginController\.enter: .*password alone/),
      expect.stringMatching(/^OtherLoginsController\.byItself: .*password alone/),
    ]);
  });
});
