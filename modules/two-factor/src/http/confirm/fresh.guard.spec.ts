import { ApplicationConfig, Reflector } from '@nestjs/core';
import { TestHost } from '../../core/fixtures/test-host.fixture.js';
import { Person } from '../../core/fixtures/person.fixture.js';
import type { StepUpContext } from '../../core/step-up/step-up-tokens.js';
import { Routes } from '../response/routes.js';
import { setSubject } from '../request/request-context.js';
import { aContext, aRequest } from '../guards/context.fixture.js';
import { FreshGuard, StepUpToEnroll, NoStepUp } from './fresh.guard.js';

const minute = 60_000;

/** Routes like those of controllers. */
class RoutesUnderTest {
  plain(): void {
    return;
  }

  @StepUpToEnroll()
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
  const guard = new FreshGuard(testHost.stepUpTokens, new Reflector(), routes);
  const testRoutes: readonly Route[] = ['plain', 'setUp', 'reading'];

  async function asked(who: StepUpContext, route: Route, given = {}): Promise<unknown> {
    const request = aRequest({ ...{ method: 'POST' }, ...given });
    setSubject(request, { signedIn: who });
    const handler = RoutesUnderTest.prototype[route];
    return guard.canActivate(aContext(request, handler)).catch((error: unknown) => error);
  }

  const passing = async (who: StepUpContext) => {
    const answers = await Promise.all(testRoutes.map((route) => asked(who, route)));
    return testRoutes.filter((_route, index) => answers[index] === true);
  };

  it('an account with a factor needs a step-up, except on routes that change nothing', async () => {
    const ann = await Person.protectedBy(testHost);
    expect(await passing(await ann.browser(ann.key, testHost.clock.now()))).toEqual(['reading']);
    await ann.confirms(ann.code());
    expect(await passing(await ann.browser())).toEqual(['plain', 'setUp', 'reading']);
    testHost.clock.advance(5 * minute);
    expect(await passing(await ann.browser())).toEqual(['reading']);
  });

  it('a recent sign-in is enough for a first factor, and for nothing else', async () => {
    const ann = new Person(testHost);
    expect(await passing(await ann.browser(ann.key, testHost.clock.now()))).toEqual(['setUp', 'reading']);
    expect(await passing(await ann.browser())).toEqual(['reading']);
  });

  it('a sign-in by a recovery word is enough for a set-up, and for nothing else', async () => {
    const ann = await Person.protectedBy(testHost);
    const pending = await ann.parks();
    await ann.answers(pending, ann.words[0]!);
    expect(await passing(await ann.browser(pending.key))).toEqual(['setUp', 'reading']);
  });

  it.each([
    [{ method: 'GET', url: '/x?y=1' }, '/account/confirm?returnTo=%2Fx%3Fy%3D1'],
    [
      { params: { kind: 'totp' }, url: '/post' },
      '/account/confirm?returnTo=%2Faccount%2Fsecurity%2Ftwo-factor%2Ftotp',
    ],
    [
      { params: { kind: 'totp' }, body: { returnTo: '/x?y=1' }, url: '/post' },
      '/account/confirm?returnTo=%2Faccount%2Fsecurity%2Ftwo-factor%2Ftotp%3FreturnTo%3D%252Fx%253Fy%253D1',
    ],
    [{ url: '/post' }, '/account/confirm?returnTo=%2Faccount%2Fsecurity'],
  ])('leads to the confirmation, and back to the page with the form: %j', async (given, to) => {
    const ann = await Person.protectedBy(testHost);
    expect(await asked(await ann.browser(), 'plain', given)).toMatchObject({ code: 'STEP_UP_REQUIRED', to });
  });

  it('a request that no guard let in is a defect, not a visitor', async () => {
    const context = aContext(aRequest({}), RoutesUnderTest.prototype.plain);
    await expect(guard.canActivate(context)).rejects.toThrow('No guard');
  });
});
