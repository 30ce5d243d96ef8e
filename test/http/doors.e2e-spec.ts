import { Controller, Get, Module, Post } from '@nestjs/common';
import { stubModule } from '../support/portal/stub-module.js';
import { portal, type Portal } from '../support/portal/portal.js';

/** A route without an access level. */
@Controller('forgotten')
class Forgotten {
  @Get()
  read(): string {
    return 'secret';
  }

  @Post()
  write(): string {
    return 'secret';
  }
}

@Module({ controllers: [Forgotten] })
class ForgottenRoom {}

let site: Portal;
beforeAll(async () => {
  const module = { ...stubModule('idle'), gate: undefined, nest: ForgottenRoom };
  site = await portal({ modules: [module] });
});
afterAll(() => site.close());

describe('a route without an access level', () => {
  it('is refused to all visitors, including the administrator', async () => {
    const admin = site.visitor();
    await admin.signsIn(await site.account('Mia', 'admin'));
    for (const visitor of [site.visitor(), admin])
      for (const method of ['GET', 'POST', 'HEAD'])
        expect((await visitor.asks(method, '/forgotten')).status).toBe(403);
  });
});

describe('the staff door', () => {
  it.each([
    ['customer', 403],
    ['support', 403],
    ['admin', 200],
  ] as const)('answers a %s at the audit with %i', async (role, status) => {
    const visitor = site.visitor();
    await visitor.signsIn(await site.account('Kim', role));
    expect((await visitor.goes('/staff/audit')).status).toBe(status);
  });
});

describe('an address', () => {
  it.each([
    '/invoices',
    '/invoices/',
    '/INVOICES',
    '//invoices',
    '/%69nvoices',
    '/./invoices',
    '/login/../invoices',
  ])('opens nothing without signing in, spelled %s', async (path) => {
    const answer = await site.visitor().asks('GET', path);
    expect([401, 404]).toContain(answer.status);
  });

  it('does not open by asking for it with another method', async () => {
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'QUERY']) {
      const answer = await site
        .visitor()
        .sends('/invoices', { method, headers: { Accept: 'application/json' } });
      expect([method, answer.status < 500, (await answer.text()).includes('invoices.none')]).toEqual([
        method,
        true,
        false,
      ]);
    }
  });

  it('that does not exist is a 404 with a page of its own', async () => {
    const page = await site.visitor().goes('/nowhere');
    expect([page.status, page.title]).toEqual([404, 'Page not found']);
  });
});

describe('the monitoring of the process', () => {
  it('hears that it is alive and ready, without signing in', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await site.visitor().asks('GET', path);
      expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }]);
    }
  });
});

describe('every answer', () => {
  it('carries the security headers', async () => {
    const { headers } = await site.visitor().goes('/login');
    expect(headers.get('content-security-policy')).toContain("object-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|upgrade-insecure/);
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
  });
});
