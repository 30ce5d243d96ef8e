import { TwoFactor } from 'nestjs-two-factor';
import { AccountRow } from '../../src/accounts/account.entity.js';
import { newAddress, newEmailLink } from '../support/people/email-link.js';
import { pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { newLink } from '../support/people/reset-link.js';

const room = '/account/security/two-factor';

let site: Portal;
let other: Portal;
beforeAll(async () => {
  site = await portal();
  other = await portal({ besides: site });
});
afterAll(async () => {
  await other.close();
  await site.close();
});

/** The owner's own changes, in a session right after a step-up. */
const own: Record<string, (ann: Owner) => Promise<{ status: number }>> = {
  'another app in the place of the first': async ({ visitor, app }) => {
    const [factor] = (await visitor.asks('GET', '/account/security')).body['factors'] as { id: string }[];
    const { body } = await visitor.asks('POST', `${room}/totp/setup`, { replaces: factor?.id });
    const { secret = '' } = body['draft'] as { secret?: string };
    return visitor.asks('POST', `${room}/totp/confirm`, { code: app.withKey(secret).code(), label: 'New' });
  },
  'a second app': async ({ visitor, app }) => {
    const { body } = await visitor.asks('POST', `${room}/totp/setup`, {});
    const { secret = '' } = body['draft'] as { secret?: string };
    return visitor.asks('POST', `${room}/totp/confirm`, {
      code: app.withKey(secret).code(),
      label: 'Tablet',
    });
  },
  'new backup codes': ({ visitor }) => visitor.asks('POST', `${room}/backup-codes`),
  'two-factor turned off': ({ visitor }) => visitor.asks('POST', `${room}/disable`),
  'another password': ({ visitor }) =>
    visitor.asks('POST', '/account/password', { newPassword: 'another horse altogether' }),
  'another e-mail address': async ({ visitor }) =>
    visitor.asks('POST', await newEmailLink(site, visitor, newAddress())),
};

/** Changes by others, or by the owner without a session. */
const others: Record<string, (ann: Owner) => Promise<unknown>> = {
  'a password set by a mailed link': async ({ person }) =>
    site.visitor().asks('POST', await newLink(site, person), { password: 'another horse altogether' }),
  'two-factor reset by an operator': ({ person }) =>
    site.app.get(TwoFactor).reset(person.id, 'lost phone', { type: 'cli', id: 'root' }),
  'the account suspended': ({ person }) => change(person.id, { suspendedAt: 1 }),
};

const change = (id: string, row: Partial<AccountRow>) =>
  site.database.manager.update(AccountRow, { id }, row);

/** Somebody signed in here, and twice on the other node: signed in, and half-way. */
async function everywhere() {
  const ann = await owner(site, 'Ann');
  const [there, waiting] = [await pending(other, ann.person), await pending(other, ann.person)];
  expect((await there.asks('POST', '/login/challenge', { code: ann.app.code() })).status).toBe(200);
  site.clock.passesSeconds(30);
  return { ann, there, waiting };
}

const isIn = async (visitor: Owner['visitor']) => (await visitor.asks('GET', '/invoices')).status === 200;

/** All sessions on the other node have ended, and its pending login is void. */
async function isOver({ ann, there, waiting }: Awaited<ReturnType<typeof everywhere>>): Promise<void> {
  expect(await isIn(there)).toBe(false);
  site.clock.passesSeconds(30);
  for (const answer of [{ code: ann.app.code() }, { kind: 'backup-codes', code: ann.codes[0] }]) {
    const { status, body } = await waiting.asks('POST', '/login/challenge', answer);
    expect([status, body['code']]).toEqual([
      401,
      expect.stringMatching(/^(NOT_SIGNED_IN|CHALLENGE_EXPIRED)$/),
    ]);
  }
  expect(await isIn(waiting)).toBe(false);
}

describe('sessions and pending logins on the other node', () => {
  it.each(Object.entries(own))('end with %s; the one that did it goes on', async (_what, does) => {
    const all = await everywhere();
    const { visitor, person, app } = all.ann;
    const before = visitor.cookies.header;
    await visitor.asks('POST', '/account/confirm', {
      password: person.password,
      kind: 'totp',
      code: app.code(),
    });
    expect(visitor.cookies.header).not.toBe(before);
    site.clock.passesSeconds(30);
    expect((await does(all.ann)).status).toBe(200);
    await isOver(all);
    expect(await isIn(visitor)).toBe(true);
  });

  it.each(Object.entries(others))('end with %s, as does the one here', async (_what, happens) => {
    const all = await everywhere();
    await happens(all.ann);
    await site.settled();
    await isOver(all);
    expect(await isIn(all.ann.visitor)).toBe(false);
  });

  it('lose a pending login, and a step-up, with another role', async () => {
    const { ann, waiting } = await everywhere();
    const { visitor, person, app } = ann;
    await visitor.asks('POST', '/account/confirm', {
      password: person.password,
      kind: 'totp',
      code: app.code(),
    });
    await change(person.id, { role: 'support' });
    site.clock.passesSeconds(30);
    expect((await waiting.asks('POST', '/login/challenge', { code: app.code() })).status).toBe(401);
    const { body } = await visitor.asks('POST', `${room}/disable`);
    expect(body['code']).toBe('STEP_UP_REQUIRED');
  });
});
