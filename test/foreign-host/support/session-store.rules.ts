import { jest } from '@jest/globals';
import type { Store } from 'express-session';
import { TwoFactor } from 'nestjs-two-factor';
import type { Visitor } from '../../support/people/visitor.js';
import { SettingsApp } from '../host/settings.app.js';
import { UserSerializer } from '../host/user.serializer.js';
import { ForeignHost, type Member } from './foreign-host.js';
import { passwordOf, protectedMember, setsUp, type ProtectedMember } from './protected-member.js';

/** A session store for one host, and the function that deletes it. */
export interface ScratchStore {
  readonly store: Store;
  close(): Promise<void>;
}

const room = '/account/security/two-factor';
const confirm = '/account/confirm';

/** Changes that end all other sessions, made in a session after a step-up. */
const own: Record<string, (ann: ProtectedMember) => Promise<{ status: number }>> = {
  'new backup codes': ({ visitor }) => visitor.asks('POST', `${room}/backup-codes`),
  'two-factor turned off': ({ visitor }) => visitor.asks('POST', `${room}/disable`),
  'another password': ({ visitor }) =>
    visitor.asks('POST', '/settings', { password: 'another horse altogether' }),
  'another e-mail address': ({ visitor, member }) =>
    visitor.asks('POST', '/settings', { email: `new-${member.email}` }),
};

/** A host with this store, and the actions of its users. */
class Scene {
  private constructor(
    readonly host: ForeignHost,
    private readonly scratch: ScratchStore,
  ) {}

  static async open(make: () => Promise<ScratchStore>): Promise<Scene> {
    const scratch = await make();
    return new Scene(await ForeignHost.start({ app: SettingsApp, store: scratch.store }), scratch);
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.scratch.close();
  }

  async signedIn(member: Member): Promise<Visitor> {
    const visitor = this.host.visitor();
    expect((await visitor.asks('POST', '/login', passwordOf(member))).status).toBeLessThan(300);
    return visitor;
  }

  /** Signed in with a code, in another browser than that of the set-up. */
  async signedInElsewhere({ member, phone }: ProtectedMember): Promise<Visitor> {
    const visitor = await this.signedIn(member);
    expect((await visitor.asks('POST', '/login/challenge', { code: phone.code() })).status).toBe(200);
    this.host.clock.advance(30_000);
    return visitor;
  }

  async confirms({ visitor, member, phone }: ProtectedMember): Promise<void> {
    await visitor.asks('POST', confirm, { password: member.password, kind: 'totp', code: phone.code() });
    this.host.clock.advance(30_000);
  }
}

const isIn = async (visitor: Visitor) => (await visitor.goes('/invoices')).status === 200;

/**
 * Sessions end in this store. One host for each file, because passport keeps the deserializers of every application of
 * a process.
 */
export function sessionStoreStories(make: () => Promise<ScratchStore>): void {
  let scene: Scene;
  beforeAll(async () => {
    scene = await Scene.open(make);
  });
  afterAll(() => scene.close());

  changesOfTheOwner(() => scene);
  changesOfOthers(() => scene);
}

function changesOfTheOwner(scene: () => Scene): void {
  it('a session from before two-factor was turned on ends with it; the one that turned it on continues', async () => {
    const member = await scene().host.member('Eve');
    const [here, there] = [await scene().signedIn(member), await scene().signedIn(member)];
    expect([await isIn(here), await isIn(there)]).toEqual([true, true]);
    await setsUp(scene().host, here, member);
    expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
    expect((await there.asks('GET', '/account/security')).status).toBe(401);
  });

  it.each(Object.entries(own))('the other sessions end with %s; this one continues', async (_what, does) => {
    const ann = await protectedMember(scene().host);
    const there = await scene().signedInElsewhere(ann);
    await scene().confirms(ann);
    expect(await isIn(there)).toBe(true);
    expect((await does(ann)).status).toBeLessThan(300);
    expect([await isIn(ann.visitor), await isIn(there)]).toEqual([true, false]);
  });

  it('a sign-in by password alone that runs while its owner enrolls is not signed in afterwards', async () => {
    const { host } = scene();
    const member = await host.member('Max');
    const here = await scene().signedIn(member);
    const slow = host.visitor();
    const serializer = host.get(UserSerializer);
    const serialize = serializer.serializeUser.bind(serializer);
    const spy = jest.spyOn(serializer, 'serializeUser').mockImplementationOnce((user, done) => {
      void setsUp(host, here, member).then(() => serialize(user, done), done);
    });
    await slow.asks('POST', '/login', passwordOf(member));
    expect(spy).toHaveBeenCalled();
    expect([await isIn(here), await isIn(slow)]).toEqual([true, false]);
  });
}

function changesOfOthers(scene: () => Scene): void {
  it('all sessions end with a reset by staff, and the password signs in again', async () => {
    const ann = await protectedMember(scene().host);
    const there = await scene().signedInElsewhere(ann);
    const twoFactor = scene().host.get(TwoFactor);
    await twoFactor.reset(ann.member.id, 'lost phone', { type: 'staff', id: '1' });
    await twoFactor.settled();
    expect([await isIn(ann.visitor), await isIn(there)]).toEqual([false, false]);
    expect(await isIn(await scene().signedIn(ann.member))).toBe(true);
  });

  it('a session stays through sign-ins of others, and through requests that change nothing', async () => {
    const { host } = scene();
    const [ann, bob] = [await protectedMember(host), await protectedMember(host)];
    const there = await scene().signedInElsewhere(ann);
    await scene().signedInElsewhere(bob);
    for (const visitor of [ann.visitor, bob.visitor, there]) expect(await isIn(visitor)).toBe(true);
  });
}
