import { forEachDatabase } from '../support/databases/databases.js';
import { pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

forEachDatabase('a trusted browser on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  /** Signs in, ticks the box, and signs out again. */
  async function trusts({ person, app }: Owner): Promise<Visitor> {
    const visitor = await pending(site, person);
    expect(visitor.page.attribute('[name=trustDevice]', 'checked')).toBeFalsy();
    const page = await visitor.submits({ code: app.code(), trustDevice: 'on' }, '/login/challenge');
    expect(page.address).toBe('/');
    site.clock.passesSeconds(60);
    await visitor.presses('/logout');
    return visitor;
  }

  const signsIn = async (visitor: Visitor, { person: { email, password } }: Owner) =>
    (await visitor.asks('POST', '/login', { email, password })).body['status'];

  it('is asked for the password alone, for thirty days; other browsers still for the code', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await trusts(ann);
    expect((await visitor.signsIn(ann.person)).address).toBe('/');
    await visitor.presses('/logout');
    expect(await signsIn(site.visitor(), ann)).toBe('challenge');
    site.clock.passesMinutes(30 * 24 * 60);
    expect(await signsIn(visitor, ann)).toBe('challenge');
  });

  it('is trusted only after its owner said so', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    await visitor.submits({ code: ann.app.code() }, '/login/challenge');
    await visitor.presses('/logout');
    expect(await signsIn(visitor, ann)).toBe('challenge');
    expect(visitor.cookies.header).not.toContain('device');
  });

  it('is one of several people’s, each for their own account', async () => {
    const [ann, bob] = [await owner(site, 'Ann'), await owner(site, 'Bob')];
    const visitor = await trusts(ann);
    expect(await signsIn(visitor, bob)).toBe('challenge');
    await visitor.goes('/login/challenge');
    await visitor.submits({ code: bob.app.code(), trustDevice: 'on' }, '/login/challenge');
    for (const person of [ann, bob]) {
      await visitor.asks('POST', '/logout');
      expect(await signsIn(visitor, person)).toBe('signed-in');
    }
  });

  it('is listed with its name and day, and forgotten by a press', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await trusts(ann);
    await ann.visitor.goes('/account/security');
    expect(ann.visitor.page.text).toContain('except in the browsers that you trust');
    expect(ann.visitor.page.text).toContain('Firefox');
    const [device] = (await ann.visitor.asks('GET', '/account/security')).body['devices'] as { id: string }[];
    const eve = await owner(site, 'Eve');
    const forget = `/account/security/devices/${device?.id}/forget`;
    expect((await eve.visitor.asks('POST', forget)).status).toBe(404);
    await ann.visitor.presses(forget);
    expect(ann.visitor.page.text).toContain('need a security code again');
    expect(await signsIn(visitor, ann)).toBe('challenge');
    expect((await ann.visitor.asks('GET', '/account/security')).body['devices']).toBeUndefined();
  });

  it('is asked again after another password, and all of them at once', async () => {
    const ann = await owner(site, 'Ann');
    const [one, two] = [await trusts(ann), await trusts(ann)];
    const { password } = ann.person;
    await ann.visitor.asks('POST', '/account/confirm', { password, kind: 'totp', code: ann.app.code() });
    const newPassword = 'another horse altogether';
    expect((await ann.visitor.asks('POST', '/account/password', { newPassword })).status).toBe(200);
    const changed = { ...ann, person: { ...ann.person, password: newPassword } };
    expect([await signsIn(one, changed), await signsIn(two, changed)]).toEqual(['challenge', 'challenge']);
  });

  it('does not confirm that it is them, and is offered to no staff', async () => {
    const ann = await owner(site, 'Ann');
    const visitor = await trusts(ann);
    await visitor.signsIn(ann.person);
    const { body } = await visitor.asks('POST', '/account/security/two-factor/disable');
    expect(body['code']).toBe('STEP_UP_REQUIRED');
    const sam = await owner(site, 'Sam', { person: await site.account('Sam', 'support') });
    const agent = await pending(site, sam.person);
    expect(agent.page.html).not.toContain('trustDevice');
    await agent.asks('POST', '/login/challenge', { kind: 'totp', code: sam.app.code(), trustDevice: true });
    await agent.asks('POST', '/logout');
    expect(await signsIn(agent, sam)).toBe('challenge');
  });

  it.each([1, 'yes', null, [], { on: true }])('is not meant by %j', async (trustDevice) => {
    const ann = await owner(site, 'Ann');
    const visitor = await pending(site, ann.person);
    const answer = { kind: 'totp', code: ann.app.code(), trustDevice };
    const { status } = await visitor.asks('POST', '/login/challenge', answer);
    expect(status).toBe(trustDevice === null ? 200 : 400);
  });
});

describe('a trusted network', () => {
  it('asks customers there for the password alone, and staff as ever', async () => {
    const site = await portal({ env: { TRUSTED_NETWORKS: '203.0.113.0/24' } });
    const [ann, sam] = [
      await owner(site, 'Ann'),
      await owner(site, 'Sam', { person: await site.account('Sam', 'support') }),
    ];
    const outcomes: unknown[] = [];
    for (const { person } of [ann, sam])
      for (const address of ['203.0.113.9', '203.0.114.9']) {
        const visitor = site.visitor();
        visitor.address = address;
        const { email, password } = person;
        outcomes.push((await visitor.asks('POST', '/login', { email, password })).body['status']);
      }
    await site.close();
    expect(outcomes).toEqual(['signed-in', 'challenge', 'challenge', 'challenge']);
  });

  it.each(['0.0.0.0/0', 'everywhere', '10.0.0.0', '10.0.0.0/33'])('is not named by %p', async (network) => {
    await expect(portal({ env: { TRUSTED_NETWORKS: network } })).rejects.toThrow(/TRUSTED_NETWORKS must be/);
  });
});
