import { join } from 'node:path';
import { ApplicationConfig, Reflector } from '@nestjs/core';
import type { Problem } from '../../core/common/errors.js';
import { TestHost } from '../../core/fixtures/test-host.fixture.js';
import { Person } from '../../core/fixtures/person.fixture.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { JsonTranslator } from '../defaults/json.translator.js';
import { Routes } from '../response/routes.js';
import { setSubject } from '../request/request-context.js';
import { aContext, aRequest } from '../guards/context.fixture.js';
import { ProblemMessages } from '../challenge/problem-messages.js';
import { BrakeTexts } from '../response/brake-texts.js';
import { ActGate } from './act-gate.js';
import { BrakeGate } from './brake-gate.js';
import { ForAct, FreshGuard, NoStepUp, scopeOf } from './fresh.guard.js';
import { PackageActs } from './package-acts.js';

const minute = 60_000;
const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '2' };

/** Routes like those of controllers. */
class RoutesUnderTest {
  plain(): void {
    return;
  }

  @ForAct('set-up')
  setUp(): void {
    return;
  }

  @NoStepUp()
  reading(): void {
    return;
  }
}

type Route = keyof RoutesUnderTest;

describe('before a dangerous action', () => {
  const testHost = new TestHost();
  const routes = new Routes(new ApplicationConfig(), {});
  const translator = new JsonTranslator([join(import.meta.dirname, '../../../messages')]);
  const brakes = new BrakeGate(
    testHost.brake,
    testHost.brakeShortenings,
    testHost.sessions,
    new BrakeTexts(translator, testHost.clock),
    testHost.clock,
  );
  const actGate = new ActGate(testHost.stepUpTokens, testHost.confirmations, routes, ['_csrf'], brakes);
  const messages = new ProblemMessages(translator, testHost.clock);
  const acts = new PackageActs(testHost.registry, messages, routes);
  const guard = new FreshGuard(testHost.stepUpTokens, new Reflector(), acts, actGate);
  const testRoutes: readonly Route[] = ['plain', 'setUp', 'reading'];

  async function asked(who: StepUpContext, route: Route, given = {}): Promise<unknown> {
    const request = aRequest({ ...{ method: 'POST', params: { kind: 'numbers' } }, ...given });
    setSubject(request, { signedIn: who });
    const handler = RoutesUnderTest.prototype[route];
    return guard.canActivate(aContext(request, handler)).catch((error: unknown) => error);
  }

  const passing = async (who: StepUpContext) => {
    const answers = await Promise.all(testRoutes.map((route) => asked(who, route)));
    return testRoutes.filter((_route, index) => answers[index] === true);
  };

  it('an account with a factor needs a step-up for each action, except on routes that change nothing', async () => {
    const ann = await Person.protectedBy(testHost);
    const who = await ann.browser(ann.key, testHost.clock.now());
    expect(await passing(who)).toEqual(['reading']);
    const refused = (await asked(who, 'plain')) as Problem;
    const waiting = await ann.found(String(refused.extra['act']));
    expect(waiting?.act).toMatchObject({ name: 'account.change', title: 'Change your account' });
    await ann.confirms(ann.code(), undefined, waiting);
    expect(await passing(await ann.browser())).toEqual(['plain', 'reading']);
    testHost.clock.advance(5 * minute);
    expect(await passing(await ann.browser())).toEqual(['reading']);
  });

  it('a sign-in with a code is enough for five minutes', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await ann.answers(pending, ann.code());
    expect(await passing(await ann.browser(pending.key))).toEqual(['plain', 'setUp', 'reading']);
    testHost.clock.advance(5 * minute);
    expect(await passing(await ann.browser(pending.key))).toEqual(['reading']);
  });

  it('a recent sign-in is enough for a first factor, and for nothing else', async () => {
    const ann = new Person(testHost);
    expect(await passing(await ann.browser(ann.key, testHost.clock.now()))).toEqual(['setUp', 'reading']);
    expect(await passing(await ann.browser())).toEqual(['reading']);
  });

  it('a sign-in by a recovery word is enough for a set-up, and for nothing else', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.startsLogin();
    await ann.answers(pending, ann.words[0]!);
    const who = await ann.browser(pending.key);
    expect(await passing(who)).toEqual(['setUp', 'reading']);
    const request = aRequest({ method: 'POST', params: { kind: 'numbers' } });
    expect(scopeOf(request)).toBe('replace');
    setSubject(request, { signedIn: who });
    await guard.canActivate(aContext(request, RoutesUnderTest.prototype.setUp));
    expect(scopeOf(request)).toBe('replace');
  });

  it.each([
    [{ method: 'GET', url: '/x?y=1', params: {} }, '/x?y=1'],
    [{ params: { kind: 'totp' }, url: '/post' }, '/account/security/two-factor/totp'],
    [
      { params: { kind: 'totp' }, body: { returnTo: '/x?y=1' }, url: '/post' },
      '/account/security/two-factor/totp?returnTo=%2Fx%3Fy%3D1',
    ],
    [{ url: '/post', params: {} }, '/account/security'],
  ])('leads to the confirmation, which knows the page with the form: %j', async (given, page) => {
    const ann = await Person.protectedBy(testHost);
    const refused = (await asked(await ann.browser(), 'plain', given)) as Problem & { to: string };
    expect(refused.code).toBe('STEP_UP_REQUIRED');
    const to = new URL(refused.to, 'https://portal.example');
    expect([to.pathname, to.searchParams.get('returnTo')]).toEqual(['/account/confirm', page]);
    expect(to.searchParams.get('act')).toBe(refused.extra['act']);
    expect((await ann.found(String(refused.extra['act'])))?.act).toMatchObject({ page });
  });

  it.each<[string, object, unknown]>([
    ['a page', { method: 'GET', url: '/x?y=1' }, { method: 'GET', url: '/x?y=1', body: {} }],
    [
      'a form, without the host’s own fields',
      { url: '/x', body: { name: 'Ann', _csrf: 'token' }, headers: form },
      { method: 'POST', url: '/x', body: { name: 'Ann' } },
    ],
    ['a button without a body', { url: '/x' }, { method: 'POST', url: '/x', body: {} }],
    ['nothing of a program', { url: '/x', headers: { accept: 'application/json' } }, null],
    ['no body that is no form', { url: '/x', headers: { ...form, 'content-type': 'text/plain' } }, null],
  ])('keeps %s', async (_what, given, kept) => {
    const ann = await Person.protectedBy(testHost);
    const refused = (await asked(await ann.browser(), 'plain', given)) as Problem;
    expect((await ann.found(String(refused.extra['act'])))?.request).toEqual(kept);
  });

  it.each<[string, object, string]>([
    ['adding a kind', {}, 'Set up another way to sign in'],
    ['a kind of its own words', { params: { kind: 'totp' } }, 'Add an authenticator app'],
    ['no kind at all', { params: { kind: 'constructor' } }, 'Set up another way to sign in'],
  ])('says what will happen: %s', async (_what, given, title) => {
    const ann = await Person.protectedBy(testHost);
    const refused = (await asked(await ann.browser(), 'setUp', given)) as Problem;
    expect((await ann.found(String(refused.extra['act'])))?.act).toMatchObject({ title });
  });

  it('a request that no guard let in is a defect, not a visitor', async () => {
    const context = aContext(aRequest({}), RoutesUnderTest.prototype.plain);
    await expect(guard.canActivate(context)).rejects.toThrow('No guard');
  });
});
