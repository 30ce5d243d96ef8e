import { Injectable, Module } from '@nestjs/common';
import { portal, type Portal } from '../support/portal/portal.js';
import { stubModule } from '../support/portal/stub-module.js';
import { newLink } from '../support/people/reset-link.js';
import type { PasswordRule, PortalModule } from '../../src/portal/modules/portal-module.js';

const common = 'Too many people use this password. Choose another one.';
const own =
  'Apart from your name, your e-mail address and our name, a password needs 8 characters of its own.';
const leaked = 'This password was found in a leak of another site. Choose another one.';

/** A service for leaked passwords, as a host would connect it. */
@Injectable()
class LeakService implements PasswordRule {
  static isAway = false;

  async refuses(password: string): Promise<boolean> {
    if (LeakService.isAway) throw new Error('the service does not answer');
    return password === 'leaked last year';
  }
}

@Module({ providers: [LeakService], exports: [LeakService] })
class LeakModule {}

function leakModule(): PortalModule {
  const { entities, migrations, templates, messages } = stubModule('leaks');
  const facts = { id: 'leaks', title: 'leaks', version: '1.0.0' };
  return { ...facts, entities, migrations, templates, messages, nest: LeakModule, passwordRule: LeakService };
}

describe('a new password', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ modules: [leakModule()], env: { PORTAL_NAME: 'Harbour Hosting' } });
  });
  afterAll(() => site.close());
  afterEach(() => {
    LeakService.isAway = false;
  });

  const cases: [string, string][] = [
    ['password123', common],
    ['PassWord123', common],
    ['ｐａｓｓｗｏｒｄ１２３', common],
    ['marianne', common],
    ['Marianne.Marianne', own],
    ['Marianne1984!', own],
    ['harbour-hosting', own],
    ['marianne@example', own],
    ['leaked last year', leaked],
  ];

  it.each(cases)('%s is not taken: it could be guessed', async (password, sentence) => {
    const person = await site.account('Marianne');
    const visitor = site.visitor();
    await visitor.signsIn(person);
    await visitor.goes('/account/password');
    const page = await visitor.submits({ newPassword: password });
    expect([page.status, page.all('.error-summary li')]).toEqual([400, [sentence]]);
    expect(page.html).not.toContain(`value="${password}"`);
    expect((await site.visitor().signsIn(person)).address).toBe('/');
  });

  it.each(cases)(
    '%s is not taken behind a mailed link, and the link stays valid',
    async (password, sentence) => {
      const person = await site.account('Marianne');
      const visitor = site.visitor();
      await visitor.goes(await newLink(site, person));
      const page = await visitor.submits({ password });
      expect([page.status, page.all('.error-summary li')]).toEqual([400, [sentence]]);
      await visitor.submits({ password: 'four words in a row' });
      expect(visitor.page.address).toBe('/login?done=reset');
    },
  );

  it('is refused to programs with the field and a stable code', async () => {
    const { email, password } = await site.account('Marianne');
    const program = site.visitor();
    await program.asks('POST', '/login', { email, password });
    const { status, body } = await program.asks('POST', '/account/password', { newPassword: 'password123' });
    expect([status, body['code'], body['fields']]).toEqual([
      400,
      'INVALID_INPUT',
      { newPassword: 'password.common' },
    ]);
  });

  it('may contain the own name beside enough other characters', async () => {
    const person = await site.account('Marianne');
    const visitor = site.visitor();
    await visitor.signsIn(person);
    await visitor.goes('/account/password');
    await visitor.submits({ newPassword: 'Marianne walks at night' });
    expect(visitor.page.address).toBe('/account/sessions?done=password-changed');
  });

  it('is not kept from its owner by a service that fails, but the other rules hold', async () => {
    LeakService.isAway = true;
    const person = await site.account('Marianne');
    const visitor = site.visitor();
    await visitor.signsIn(person);
    await visitor.goes('/account/password');
    expect((await visitor.submits({ newPassword: 'password123' })).status).toBe(400);
    await visitor.submits({ newPassword: 'leaked last year' });
    expect(visitor.page.address).toBe('/account/sessions?done=password-changed');
  });
});
