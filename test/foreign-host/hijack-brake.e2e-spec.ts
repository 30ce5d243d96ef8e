import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Controller, HttpCode, type INestApplication, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Request } from 'express';
import { Clock, TwoFactor } from 'nestjs-two-factor';
import type { FixedClock } from 'nestjs-two-factor/testing';
import { Visitor } from '../support/people/visitor.js';
import { BareLogin, bareModule, password } from './support/bare-host.js';

/** The one account of the bare host. */
const accountId = '1';

/** A dangerous action of a host, without a confirmation of its own. */
@Controller('payout')
class PayoutController {
  constructor(private readonly twoFactor: TwoFactor) {}

  @Post()
  @HttpCode(200)
  async change(@Req() request: Request) {
    await this.twoFactor.requireReleased(request, 'payout.change');
    return { changed: true };
  }
}

@Module({ imports: [bareModule()], controllers: [BareLogin, PayoutController] })
class HostApp {}

describe('the brake in a host with its own dangerous action', () => {
  let app: INestApplication<Server>;
  let visitor: Visitor;
  let twoFactor: TwoFactor;
  let clock: FixedClock;
  beforeAll(async () => {
    app = await NestFactory.create<INestApplication<Server>>(HostApp, { logger: false });
    await app.listen(0, '127.0.0.1');
    visitor = new Visitor(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
    twoFactor = app.get(TwoFactor, { strict: false });
    clock = app.get(Clock, { strict: false });
    await visitor.asks('POST', '/login', { password });
  });
  afterAll(() => app.close());

  it('refuses it after the host has told of another e-mail address, and allows it when the time has passed', async () => {
    expect((await visitor.asks('POST', '/payout')).body).toEqual({ changed: true });
    await twoFactor.emailChanged(accountId, clock.now());
    const until = new Date(clock.now() + 72 * 3_600_000).toISOString();
    const refused = await visitor.asks('POST', '/payout');
    expect([refused.status, refused.body]).toEqual([
      403,
      expect.objectContaining({ code: 'COOLING_DOWN', until, reason: 'brake', act: 'payout.change' }),
    ]);
    const page = await visitor.sends('/payout', { method: 'POST', headers: { Accept: 'text/html' } });
    expect([page.status, await page.text()]).toEqual([
      403,
      expect.stringMatching(/It is possible from .* UTC \(in 72 hours\)\./),
    ]);
    expect(await twoFactor.status(accountId)).toMatchObject({ brake: { cause: 'email-change' } });
    clock.advance(72 * 3_600_000);
    expect(await twoFactor.brake(accountId)).toBeNull();
    await visitor.asks('POST', '/login', { password });
    expect((await visitor.asks('POST', '/payout')).body).toEqual({ changed: true });
  });

  it('is not for visitors, and refuses a name that is none', async () => {
    const { status, body } = await new Visitor(await app.getUrl()).asks('POST', '/payout');
    expect([status, body['code']]).toEqual([401, 'NOT_SIGNED_IN']);
    await expect(twoFactor.requireReleased(accountId, 'Payout!')).rejects.toThrow('is no name');
  });
});
