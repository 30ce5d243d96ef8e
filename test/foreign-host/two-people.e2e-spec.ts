import { OpenApp } from './host/open.app.js';
import { browsing } from './support/browsing.js';
import { ForeignHost } from './support/foreign-host.js';
import { protectedMember } from './support/protected-member.js';

const room = '/account/security/two-factor';

describe('a host whose forms have no token of their own', () => {
  let host: ForeignHost;
  beforeAll(async () => {
    host = await ForeignHost.start({ app: OpenApp });
  });
  afterAll(() => host.close());

  it('a page of Ann’s never acts for Bob, who signed in after her in the same browser', async () => {
    const { signsIn, enables } = browsing(() => host, '');
    const ann = await host.member('Ann');
    const tab = host.visitor();
    await signsIn(tab, ann);
    await enables(tab);
    await tab.goes('/account/security');
    const bob = await protectedMember(host);
    bob.visitor.cookies.copyTo(tab.cookies);
    const confirmed = await bob.visitor.asks('POST', '/account/confirm', {
      password: bob.member.password,
      code: bob.phone.code(),
    });
    expect(confirmed.status).toBe(200);
    bob.visitor.cookies.copyTo(tab.cookies);
    const refused = await tab.presses(`${room}/disable`);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining(bob.member.email)]);
    expect(refused.text).toContain('nothing was changed');
    expect((await bob.visitor.asks('GET', '/account/security')).body['enabled']).toBe(true);
    await tab.goes('/account/security');
    expect(tab.page.text).toContain(`You are signed in as ${bob.member.email}.`);
  });
});
