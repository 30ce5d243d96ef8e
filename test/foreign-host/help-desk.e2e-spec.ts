import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Clock, TwoFactor } from 'nestjs-two-factor';
import type { FixedClock } from 'nestjs-two-factor/testing';
import { Visitor } from '../support/people/visitor.js';
import { BareLogin, bareModule, password } from './support/bare-host.js';
import { Phone } from './support/phone.js';

@Module({
  imports: [bareModule(undefined, { recoveryDesk: { waitHours: 24, checklist: ['passport'] } })],
  controllers: [BareLogin],
})
class DeskApp {}

const accountId = '1';
const agent = { id: 'sam', name: 'Sam' };
const room = '/account/security/two-factor/totp';
const HOUR = 3_600_000;

describe('the help desk in a host without database, mailer and layout', () => {
  let app: INestApplication<Server>;
  let clock: FixedClock;
  let ann: Visitor;
  let phone: Phone;
  let codes: string[];

  beforeAll(async () => {
    app = await NestFactory.create<INestApplication<Server>>(DeskApp, { logger: false });
    await app.listen(0, '127.0.0.1');
    clock = app.get(Clock, { strict: false });
    ann = newVisitor();
    await ann.asks('POST', '/login', { password });
    await ann.asks('POST', '/account/confirm', { password });
    const { draft } = (await ann.asks('POST', `${room}/setup`, {})).body as { draft: { secret: string } };
    phone = new Phone(draft.secret, clock);
    const enabled = await ann.asks('POST', `${room}/confirm`, { code: phone.code() });
    codes = enabled.body['backupCodes'] as string[];
    clock.advance(30_000);
  });
  afterAll(() => app.close());

  const desk = () => app.get(TwoFactor, { strict: false });

  function newVisitor(): Visitor {
    const { port } = app.getHttpServer().address() as AddressInfo;
    return new Visitor(`http://127.0.0.1:${port}`);
  }

  it('verifies a caller by page and by program', async () => {
    const { words } = await desk().callerCheck.start({ accountId, agent, reason: 'a call' });
    await ann.goes('/account/verify-caller');
    expect(ann.page.all('[data-words] li')).toEqual(words.split(' '));
    const { body } = await ann.asks('GET', '/account/verify-caller');
    const [check] = body['checks'] as { id: string }[];
    const answer = { check: check?.id, kind: 'totp', code: phone.code() };
    expect((await ann.asks('POST', '/account/verify-caller', answer)).body).toMatchObject({ by: 'totp' });
    expect(await desk().callerCheck.verified({ accountId, agentId: agent.id })).toMatchObject({
      strong: true,
    });
  });

  it('asks whether the factors still work, and a backup code stays unused', async () => {
    clock.advance(29 * 24 * HOUR);
    const asked = async () =>
      (await desk().checkUp.read({ accountId })).factors.filter(({ isAsked }) => isAsked);
    expect((await asked()).map(({ kind }) => kind)).toEqual(['backup-codes']);
    await ann.goes('/account/security');
    expect(ann.page.text).toContain('Does it still work?');
    const tried = await ann.asks('POST', '/account/check-up', { kind: 'backup-codes', code: codes[0] });
    expect(tried.body).toEqual({ status: 'passed', kind: 'backup-codes' });
    expect(await asked()).toEqual([]);
    expect((await desk().status(accountId)).left).toEqual({ backupCodesLeft: 10 });
  });

  it('lets a person without any factor back in after checklist and wait, to a set-up alone', async () => {
    const lost = newVisitor();
    await lost.asks('POST', '/login', { password });
    expect((await lost.asks('POST', '/login/recovery', {})).body).toMatchObject({ case: { state: 'open' } });
    await ann.goes('/account/recovery');
    expect(ann.page.text).toContain('asked us to remove your two-factor authentication');
    const { id } = (await desk().recovery.ofAccount({ accountId }))!;
    await desk().recovery.tick({ id, agent, checks: ['passport'] });
    expect(await desk().recovery.approve({ id, agent })).toBe(true);
    clock.advance(24 * HOUR);
    await desk().sweep();
    expect(await desk().recovery.find({ id })).toMatchObject({ state: 'completed' });
    const back = newVisitor();
    expect((await back.asks('POST', '/login', { password })).body).toMatchObject({ status: 'enrol' });
    expect((await back.asks('GET', '/account/security')).status).toBe(401);
  });
});
