import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Body, Controller, HttpCode, Module, Param, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { jest } from '@jest/globals';
import express, { type Request } from 'express';
import { Clock, LoginSession, TwoFactor } from 'nestjs-two-factor';
import type { FixedClock } from 'nestjs-two-factor/testing';
import { Visitor } from '../support/people/visitor.js';
import { BareLogin, bareModule, password } from './support/bare-host.js';
import { Phone } from './support/phone.js';

const deleted: unknown[] = [];

/** A dangerous action of a host. */
@Controller('services/:id')
class ServicesController {
  constructor(private readonly twoFactor: TwoFactor) {}

  @Post('delete')
  @HttpCode(200)
  async delete(@Req() request: Request, @Param('id') id: string, @Body() body: { reason?: string }) {
    const page = `/portal/services/${id}`;
    const act = { name: 'service.delete', parameters: { id }, title: `Delete service ${id}`, page };
    await this.twoFactor.requireFresh(request, 5, act);
    deleted.push([id, body.reason]);
    return { deleted: id };
  }
}

@Module({ imports: [bareModule()], controllers: [BareLogin, ServicesController] })
class HostApp {}

describe('a dangerous action of a host that is mounted below an address of another application', () => {
  let server: Server;
  let close: () => Promise<void>;
  let visitor: Visitor;
  let phone: Phone;
  let clock: FixedClock;
  let session: LoginSession;
  beforeAll(async () => {
    const [outer, inner] = [express(), express()];
    const app = await NestFactory.create(HostApp, new ExpressAdapter(inner), { logger: false });
    await app.init();
    outer.use('/portal', inner);
    server = outer.listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    close = () => app.close();
    visitor = new Visitor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    [clock, session] = [app.get(Clock, { strict: false }), app.get(LoginSession, { strict: false })];
    await visitor.asks('POST', '/portal/login', { password });
    await visitor.asks('POST', '/portal/account/confirm', { password });
    const room = '/portal/account/security/two-factor/totp';
    const { draft } = (await visitor.asks('POST', `${room}/setup`, {})).body as { draft: { secret: string } };
    phone = new Phone(draft.secret, clock);
    await visitor.asks('POST', `${room}/confirm`, { code: phone.code() });
  });
  beforeEach(() => clock.advance(360_000));
  afterEach(() => void jest.restoreAllMocks());
  afterAll(async () => {
    await close();
    await new Promise((done) => server.close(done));
  });

  async function posts(path: string, fields: Record<string, string>): Promise<Response> {
    const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' };
    return visitor.sends(path, { method: 'POST', headers, body: new URLSearchParams(fields) });
  }

  async function asksToDelete(id: string, reason: string): Promise<URL> {
    const refused = await posts(`/portal/services/${id}/delete?from=list`, { reason });
    expect(refused.status).toBe(303);
    return new URL(refused.headers.get('location') ?? '', 'http://portal.example');
  }

  it('is named on the confirm page, and carried out once after the proof, as it was posted', async () => {
    const to = await asksToDelete('7', 'moved away');
    expect([to.pathname, to.searchParams.get('returnTo')]).toEqual([
      '/account/confirm',
      '/portal/services/7',
    ]);
    const page = await visitor.goes(`/portal${to.pathname}${to.search}`);
    expect(page.all('[data-act]')).toEqual(['Delete service 7']);
    const act = to.searchParams.get('act') ?? '';
    const proof = { password, kind: 'totp', code: phone.code(), act };
    const answer = await posts('/portal/account/confirm', proof);
    expect([answer.status, await answer.json()]).toEqual([200, { deleted: '7' }]);
    expect(deleted).toEqual([['7', 'moved away']]);
    clock.advance(30_000);
    expect((await posts('/portal/account/confirm', { ...proof, code: phone.code() })).status).toBe(409);
    expect(deleted).toHaveLength(1);
    expect((await visitor.asks('POST', '/portal/services/8/delete', {})).status).toBe(403);
  });

  it('is not opened by a sign-in, unless the host says so', async () => {
    const next = new Visitor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await next.asks('POST', '/portal/login', { password });
    expect((await next.asks('POST', '/portal/login/challenge', { code: phone.code() })).status).toBe(200);
    const refused = await next.asks('POST', '/portal/services/7/delete', {});
    expect([refused.status, refused.body['act']]).toEqual([403, expect.stringMatching(/^service\.delete:/)]);
  });

  it('is left to another click where the request loses its session with the new id', async () => {
    const act = (await asksToDelete('9', 'again')).searchParams.get('act') ?? '';
    const current = jest.spyOn(session, 'current');
    jest.spyOn(session, 'renew').mockImplementationOnce(async () => {
      current.mockResolvedValueOnce(null);
    });
    const answer = await posts('/portal/account/confirm', {
      password,
      kind: 'totp',
      code: phone.code(),
      act,
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/portal/services/9']);
    expect(deleted).not.toContainEqual(['9', 'again']);
    expect((await visitor.asks('POST', '/portal/services/9/delete', {})).body).toEqual({ deleted: '9' });
  });
});
