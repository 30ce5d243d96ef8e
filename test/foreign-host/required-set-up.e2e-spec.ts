import { belowPrefix } from './host/configure.js';
import { HostSettings } from './host/host.settings.js';
import { PrefixedApp } from './host/prefixed.app.js';
import { ForeignHost } from './support/foreign-host.js';
import { Phone } from './support/phone.js';
import { passwordOf } from './support/protected-member.js';

let host: ForeignHost;
beforeAll(async () => {
  const everyone = Object.assign(new HostSettings(), { require: 'everyone' });
  host = await ForeignHost.start({
    app: PrefixedApp,
    configure: belowPrefix,
    override: (builder) => builder.overrideProvider(HostSettings).useValue(everyone),
  });
});
afterAll(() => host.close());

it('the password alone does not sign in, even without a factor', async () => {
  const visitor = host.visitor();
  const { status, body } = await visitor.asks('POST', '/api/login', passwordOf(await host.member('Kim')));
  expect([status, body['status']]).toEqual([200, 'enrol']);
  for (const path of ['/api', '/api/invoices', '/api/account/security', '/api/login/challenge'])
    expect([path, (await visitor.asks('GET', path)).status]).toEqual([path, 401]);
});

it('the set-up leads to a session, and from then on to the challenge', async () => {
  const member = await host.member('Kim');
  const visitor = host.visitor();
  await visitor.goes('/api/login');
  await visitor.submits(passwordOf(member));
  expect(visitor.page.address).toBe('/api/login/enrol/totp');
  await visitor.presses('/api/login/enrol/totp/setup');
  const uri = new URL(visitor.page.link('Open in authenticator app'));
  const phone = new Phone(uri.searchParams.get('secret') ?? '', host.clock);
  await visitor.submits({ code: phone.wrongCode(), label: '' });
  expect(visitor.page.status).toBe(401);
  await visitor.submits({ code: phone.code(), label: '' });
  await visitor.presses('/api/account/security/two-factor/backup-codes/saved');
  expect(visitor.page.title).toBe('Home of Kim');

  const later = host.visitor();
  await later.goes('/api/login');
  await later.submits(passwordOf(member));
  expect(later.page.address).toBe('/api/login/challenge');
});

it('starting again does not sign in', async () => {
  const visitor = host.visitor();
  await visitor.goes('/api/login');
  await visitor.submits(passwordOf(await host.member('Kim')));
  await visitor.presses('/api/login/cancel');
  expect(visitor.page.address).toBe('/api/login');
  expect((await visitor.goes('/api/invoices')).status).toBe(401);
});
