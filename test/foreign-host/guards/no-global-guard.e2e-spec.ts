import { OpenApp } from '../host/open.app.js';
import { browserStories } from '../support/browser.stories.js';
import { commonStories } from '../support/common.stories.js';
import { ForeignHost } from '../support/foreign-host.js';
import { protectedMember } from '../support/protected-member.js';

let host: ForeignHost;
beforeAll(async () => {
  host = await ForeignHost.start({ app: OpenApp });
});
afterAll(() => host.close());

commonStories(() => host);
browserStories(() => host);

it('listeners in the process get the events', async () => {
  const { member } = await protectedMember(host);
  expect(await host.told(member)).toEqual(
    expect.arrayContaining([
      'two-factor.step-up.passed',
      'two-factor.factor.enrolled',
      'two-factor.enabled',
      'two-factor.backup-codes.issued',
    ]),
  );
});

it('an anonymous visitor is sent to the host’s sign-in, and back afterwards', async () => {
  const { address } = await host.visitor().goes('/account/security');
  expect(address).toBe('/login?returnTo=%2Faccount%2Fsecurity');
});

it('a confirmation takes nothing of the host’s out of the session', async () => {
  const { member, phone, visitor } = await protectedMember(host);
  await visitor.asks('POST', '/basket/hosting-plan', {});
  const before = visitor.cookies.header;
  const { status } = await visitor.asks('POST', '/account/confirm', {
    password: member.password,
    code: phone.code(),
  });
  expect(status).toBe(200);
  expect(visitor.cookies.header).not.toBe(before);
  expect((await visitor.asks('GET', '/basket')).body).toEqual({ basket: ['hosting-plan'] });
});

it('the sessions of before are dead everywhere once a factor is proved or confirmed', async () => {
  const { member, phone, visitor } = await protectedMember(host);
  const old = visitor.twin();
  await visitor.asks('POST', '/account/confirm', { password: member.password, code: phone.code() });
  expect((await visitor.goes('/invoices')).status).toBe(200);
  expect((await old.goes('/invoices')).status).toBe(401);
});
