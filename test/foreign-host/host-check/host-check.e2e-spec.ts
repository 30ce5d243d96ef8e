import { Controller, Logger, Module, Post, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { jest } from '@jest/globals';
import { OpenApp } from '../host/open.app.js';
import { Public } from '../host/marks.js';
import { requireSecondFactor } from '../host/require-second-factor.js';
import { signIn } from '../host/sign-in.js';
import { Users } from '../host/users.js';
import { ForeignHost } from '../support/foreign-host.js';
import { passwordOf, protectedMember } from '../support/protected-member.js';

/** A way in that was built later, by a developer who did not know of the word. */
@Public()
@Controller('enter-without-word')
class ForgetfulController {
  @UseGuards(AuthGuard('local'))
  @Post()
  async enter(@Req() request: Request) {
    await signIn(request);
    return { welcome: true };
  }
}

@Module({ imports: [OpenApp], controllers: [ForgetfulController] })
class ForgetfulApp {}

let host: ForeignHost;
const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
const warnings = () => warn.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('check'));
beforeAll(async () => {
  host = await ForeignHost.start({ app: ForgetfulApp });
});
afterEach(() => warn.mockClear());
afterAll(() => host.close());

describe('a login guard without WithSecondFactor', () => {
  it('does not sign a protected account in by its password, though two-factor is installed', async () => {
    const { member } = await protectedMember(host);
    const visitor = host.visitor();
    const { status } = await visitor.asks('POST', '/enter-without-word', passwordOf(member));
    expect(status).toBe(403);
    expect((await visitor.goes('/invoices')).status).toBe(401);
  });

  it('signs in an account without two-factor', async () => {
    const { body } = await host
      .visitor()
      .asks('POST', '/enter-without-word', passwordOf(await host.member('Bob')));
    expect(body).toEqual({ welcome: true });
  });
});

describe('a host that has the check', () => {
  it('refuses a user that was read without the marker', () => {
    const request = { ip: '192.0.2.1' } as Request;
    expect(() => requireSecondFactor(request, {})).toThrow(/contact support/);
    expect(() => requireSecondFactor(request, { guarded: false })).not.toThrow();
  });

  it('is not warned', async () => {
    const { member } = await protectedMember(host);
    await host.visitor().asks('POST', '/login', passwordOf(member));
    expect(warnings()).toEqual([]);
  });

  it('is warned of a protected account that does not carry its marker', async () => {
    const { member } = await protectedMember(host);
    await host.get(Users).unguard(Number(member.id), 1_000);
    const { body } = await host.visitor().asks('POST', '/login', passwordOf(member));
    expect(body['status']).toBe('challenge');
    expect(warnings()).toEqual([expect.stringContaining('carries its marker')]);
  });
});
