import { RequestMethod, type Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { portal, type Portal } from '../support/portal/portal.js';

/**
 * An unknown case has no client: `test/desk/staff-recovery` has the story of a real one. Whoever acts as a client may always
 * stop.
 */
const exempt = ['/staff/recovery/x', '/staff/impersonation/end'];

describe('whatever staff can do', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal();
  });
  afterAll(() => house.close());

  /** The addresses below `/staff` that change something, as the controllers declare them. */
  function acts(): string[] {
    const modules = [...house.app.get(ModulesContainer).values()];
    const controllers = modules.flatMap((each) =>
      [...each.controllers.values()].map(({ metatype }) => metatype),
    );
    return controllers.flatMap((controller) => actsOf(controller as Type));
  }

  it('is refused to staff without a factor of their own, who get a hint to set one up, and to customers', async () => {
    const [sam, mia, ann] = [house.visitor(), house.visitor(), house.visitor()];
    await sam.signsIn(await house.account('Sam', 'support'));
    await mia.signsIn(await house.account('Mia', 'admin'));
    await ann.signsIn(await house.account('Ann'));
    expect(acts()).toContain('/staff/tickets/x');
    for (const act of acts().filter((each) => !exempt.includes(each))) {
      // Whether there is such a client is told before.
      const address = act.replace('/staff/clients/x/', `/staff/clients/${(await house.account('Bob')).id}/`);
      for (const visitor of [sam, mia]) {
        const { status, body } = await visitor.asks('POST', address, {});
        expect([address, status, body['title']]).toEqual([
          address,
          403,
          'Set up two-factor for your own account first.',
        ]);
      }
      expect((await ann.asks('POST', address, {})).status).toBe(403);
    }
  });
});

function actsOf(controller: Type): string[] {
  const prototype = controller.prototype as Record<string, object>;
  const names = new MetadataScanner().getAllMethodNames(prototype);
  return names.flatMap((name) => {
    const method = Reflect.getMetadata('method', prototype[name] ?? {}) as RequestMethod | undefined;
    if (method === undefined || method === RequestMethod.GET) return [];
    const parts = [
      Reflect.getMetadata('path', controller),
      Reflect.getMetadata('path', prototype[name] ?? {}),
    ];
    const path = `/${parts.filter((part) => part !== '/').join('/')}`;
    return path.startsWith('/staff') ? [path.replace(/:\w+/g, 'x')] : [];
  });
}
