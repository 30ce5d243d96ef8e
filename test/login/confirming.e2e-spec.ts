import { randomUUID } from 'node:crypto';
import { RequestMethod } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { type Freshness, freshKey } from '../../src/portal/fresh/fresh.guard.js';
import { owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

/** A route of the portal, and the step-up that it requires. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly fresh: Freshness | undefined;
}

function routesOf({ app }: Portal): Route[] {
  const rooms = [...app.get(ModulesContainer).values()];
  const controllers = rooms.flatMap((room) => [...room.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    const prototype = metatype?.prototype as Record<string, object>;
    const names = new MetadataScanner().getAllMethodNames(prototype);
    return names.flatMap((name) => routeOf(metatype as object, prototype[name] ?? {}));
  });
}

function routeOf(controller: object, act: object): Route[] {
  const [base, own, method] = [of('path', controller), of('path', act), of('method', act)];
  if (own === undefined) return [];
  const path = `/${[base, own].filter((part) => part !== '/').join('/')}`;
  const fresh = (of(freshKey, act) ?? of(freshKey, controller)) as Freshness | undefined;
  return [{ method: RequestMethod[method as RequestMethod], path, fresh }];
}

function of(key: string, target: object): unknown {
  return Reflect.getMetadata(key, target);
}

describe('a person who needs a step-up first', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal();
  });
  afterAll(() => house.close());

  it('is never led back to an address without a page', () => {
    const routes = routesOf(house);
    const pages = routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
    const asking = routes.filter(({ fresh }) => fresh);
    expect(asking.map(({ path }) => path)).toContain('/services/:id/epp-code');
    const lost = asking.filter(({ path, fresh }) => !pages.includes(fresh?.page ?? path));
    expect(lost).toEqual([]);
  });

  it('comes back to the page of what it was about, whatever its id is made of', async () => {
    const { visitor } = await owner(house, 'Ann');
    house.clock.passesMinutes(11);
    await visitor.goes('/services');
    const own = randomUUID();
    for (const [id, back] of [
      [own, own],
      ['%2F%2Fevil.example', '%2F%2Fevil.example'],
      ['a%3Fb%26returnTo=%2Flogout', 'a%3Fb%26returnTo%3D%2Flogout'],
    ]) {
      const { _csrf = '' } = Object.fromEntries(visitor.page.form([], '/logout').values);
      const answer = await visitor.sends(`/services/${id}/epp-code?returnTo=/logout`, {
        method: 'POST',
        body: new URLSearchParams({ _csrf }),
        headers: { Accept: 'text/html', Origin: house.url, 'Sec-Fetch-Site': 'same-origin' },
      });
      const to = new URL(answer.headers.get('location') ?? '', house.url);
      expect([answer.status, to.pathname]).toEqual([303, '/account/confirm']);
      expect(to.searchParams.get('returnTo')).toBe(`/services/${back}`);
      expect((await visitor.goes(`${to.pathname}${to.search}`)).all('[data-act]')).toEqual([
        'Show an EPP code',
      ]);
    }
  });

  it('gets a problem as a program, without a redirect to an address of its own', async () => {
    const { visitor } = await owner(house, 'Ann');
    house.clock.passesMinutes(11);
    const { status, headers, body } = await visitor.asks('POST', `/services/${randomUUID()}/epp-code`);
    expect([status, body['code'], headers.get('location')]).toEqual([403, 'STEP_UP_REQUIRED', null]);
  });
});

describe('a portal that has no module to confirm with', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ modules: [] });
  });
  afterAll(() => house.close());

  it('has people sign in again, on the way back to the page with the form', async () => {
    const [ann, visitor] = [await house.account('Ann'), house.visitor()];
    await visitor.signsIn(ann);
    house.clock.passesMinutes(11);
    await visitor.goes('/account/profile');
    const { _csrf = '' } = Object.fromEntries(visitor.page.form([], '/logout').values);
    const answer = await visitor.sends('/services/7/epp-code', {
      method: 'POST',
      body: new URLSearchParams({ _csrf }),
      headers: { Accept: 'text/html', Origin: house.url, 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(answer.headers.get('location')).toBe('/login?returnTo=%2Fservices%2F7');
    expect((await visitor.goes('/services')).address).toBe('/login?returnTo=%2Fservices');
  });
});
