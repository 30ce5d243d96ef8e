import { ApplicationConfig, Reflector } from '@nestjs/core';
import { House } from '../../core/fixtures/house.fixture.js';
import { Person } from '../../core/fixtures/person.fixture.js';
import type { Confirmer } from '../../core/step-up/step-ups.js';
import { Addresses } from '../response/addresses.js';
import { letIn } from '../request/guests.js';
import { aContext, aRequest } from '../guards/context.fixture.js';
import { FreshGuard, ToSetUp, WithoutStepUp } from './fresh.guard.js';

const minute = 60_000;

/** Routes like those of controllers. */
class Routes {
  plain(): void {
    return;
  }

  @ToSetUp()
  setUp(): void {
    return;
  }

  @WithoutStepUp()
  reading(): void {
    return;
  }
}

type Route = keyof Routes;

describe('before a dangerous click', () => {
  const house = new House();
  const addresses = new Addresses(new ApplicationConfig(), {});
  const guard = new FreshGuard(house.stepUps, new Reflector(), addresses);
  const routes: readonly Route[] = ['plain', 'setUp', 'reading'];

  async function asked(who: Confirmer, route: Route, given = {}): Promise<unknown> {
    const request = aRequest({ method: 'POST', ...given });
    letIn(request, { signedIn: who });
    const handler = Routes.prototype[route];
    return guard.canActivate(aContext(request, handler)).catch((error: unknown) => error);
  }

  const passing = async (who: Confirmer) => {
    const answers = await Promise.all(routes.map((route) => asked(who, route)));
    return routes.filter((_route, index) => answers[index] === true);
  };

  it('whoever has a factor confirms, but for routes that change nothing', async () => {
    const ann = await Person.protectedBy(house);
    expect(await passing(await ann.browser(ann.key, house.clock.now()))).toEqual(['reading']);
    await ann.confirms(ann.code());
    expect(await passing(await ann.browser())).toEqual(['plain', 'setUp', 'reading']);
    house.clock.advance(5 * minute);
    expect(await passing(await ann.browser())).toEqual(['reading']);
  });

  it('a recent sign-in is enough for a first factor, and for nothing else', async () => {
    const ann = new Person(house);
    expect(await passing(await ann.browser(ann.key, house.clock.now()))).toEqual(['setUp', 'reading']);
    expect(await passing(await ann.browser())).toEqual(['reading']);
  });

  it('a sign-in by a recovery word is enough for a set-up, and for nothing else', async () => {
    const ann = await Person.protectedBy(house);
    const held = await ann.parks();
    await ann.answers(held, ann.words[0]!);
    expect(await passing(await ann.browser(held.key))).toEqual(['setUp', 'reading']);
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
    const ann = await Person.protectedBy(house);
    expect(await asked(await ann.browser(), 'plain', given)).toMatchObject({ code: 'STEP_UP_REQUIRED', to });
  });

  it('a request that no guard let in is a defect, not a visitor', async () => {
    const context = aContext(aRequest({}), Routes.prototype.plain);
    await expect(guard.canActivate(context)).rejects.toThrow('No guard');
  });
});
