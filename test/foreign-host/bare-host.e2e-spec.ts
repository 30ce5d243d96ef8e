import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { build } from 'esbuild';
import { Clock, emailCode, EventSink, InvalidOptionsError, TwoFactor } from 'nestjs-two-factor';
import type { FixedClock, RecordingSink } from 'nestjs-two-factor/testing';
import { DataSource } from 'typeorm';
import { Visitor } from '../support/people/visitor.js';
import { BareApp, bareModule, password } from './support/bare-host.js';
import { Phone } from './support/phone.js';

describe('a host without database, passport, emitter and mailer', () => {
  let app: NestExpressApplication;
  let url: string;
  let clock: FixedClock;
  beforeAll(async () => {
    const built = await Test.createTestingModule({ imports: [BareApp] }).compile();
    app = built.createNestApplication<NestExpressApplication>({ logger: false });
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    clock = app.get(Clock, { strict: false });
  });
  afterAll(() => app.close());

  it('turns two-factor on, signs in with it and confirms with it', async () => {
    const first = new Visitor(url);
    expect((await first.asks('POST', '/login', { password })).body).toEqual({ welcome: true });
    await first.asks('POST', '/account/confirm', { password });
    const room = '/account/security/two-factor/totp';
    const { draft } = (await first.asks('POST', `${room}/setup`, {})).body as { draft: { secret: string } };
    const phone = new Phone(draft.secret, clock);
    expect((await first.asks('POST', `${room}/confirm`, { code: phone.code() })).status).toBe(200);
    clock.advance(30_000);

    const next = new Visitor(url);
    expect((await next.asks('POST', '/login', { password })).body).toMatchObject({ status: 'challenge' });
    expect((await next.asks('GET', '/danger')).status).toBe(403);
    const answer = await next.asks('POST', '/login/challenge', { code: phone.code() });
    expect(answer.body).toEqual({ status: 'signed-in' });
    clock.advance(600_000);
    expect((await next.asks('GET', '/danger')).body).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    await next.asks('POST', '/account/confirm', { password, code: phone.code() });
    expect((await next.asks('GET', '/danger')).body).toEqual({ done: true });
  });

  it('asks Nest for no DataSource, and hears every event in its own sink', async () => {
    expect(() => app.get(DataSource, { strict: false })).toThrow(/DataSource/);
    await app.get(TwoFactor, { strict: false }).settled();
    const { events } = app.get<RecordingSink>(EventSink, { strict: false });
    expect(events.map(({ name }) => name)).toContain('two-factor.enabled');
  });
});

it('a host without a mailer starts, unless a factor is to mail codes', async () => {
  const factors = [emailCode({ passwordReset: 'never-by-mail' })];
  const refused = Test.createTestingModule({ imports: [bareModule(factors)] }).compile();
  await expect(refused).rejects.toThrow(InvalidOptionsError);
  await expect(refused).rejects.toThrow('there is no mailer: set one');
});

it.each([
  ['index', []],
  ['testing/index', []],
  ['http/emitter/index', ['@nestjs/event-emitter']],
  ['http/passport/index', ['passport']],
])('%s loads no optional peer but %j', async (door, wanted) => {
  const { metafile } = await build({
    entryPoints: [`modules/two-factor/src/${door}.ts`],
    bundle: true,
    packages: 'external',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const loaded = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const optional = ['passport', '@nestjs/passport', 'express-session', '@nestjs/event-emitter'];
  expect(loaded.length).toBeGreaterThan(1);
  expect(optional.filter((name) => loaded.includes(name))).toEqual(wanted);
});
