import { ApplicationConfig } from '@nestjs/core';
import { Routes } from './routes.js';

function routes(prefix = '', paths = {}): Routes {
  const application = new ApplicationConfig();
  application.setGlobalPrefix(prefix);
  return new Routes(application, paths);
}

describe('where people are led', () => {
  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'HTTPS://evil.example/',
    'https:evil.example',
    'javascript:alert(1)',
    'evil.example',
    '?x=1',
    '#x',
    '.',
    '',
    ' /invoices',
    '/\t/evil.example',
    '/\n/evil.example',
    '/in voices',
    '/invoices\r\nSet-Cookie: a=b',
    '/invoices\0',
    '/invoices\u007f',
    '/invoices\u2028',
    '/a\\..\\b',
  ])('is home instead of %j', (path) => {
    expect(routes().local(path)).toBe('/');
  });

  it.each([
    '/',
    '/invoices',
    '/invoices/7?page=2&sort=a#top',
    '/%2F%2Fevil.example',
    '/münchen',
    '/@ann',
    '/a//b',
  ])('is %j, which is on this site', (path) => {
    const site = new URL('https://portal.example');
    expect(routes().local(path)).toBe(path);
    expect(new URL(path, site).host).toBe(site.host);
  });

  it('is the host’s home page when no other is requested', () => {
    expect(routes('', { home: '/dashboard' }).local(undefined)).toBe('/dashboard');
  });
});

describe('the addresses of the package', () => {
  it.each(['api', '/api', 'api/', '/api/'])('stand below the prefix %j of the host', (prefix) => {
    const at = routes(prefix);
    expect([at.login(), at.challenge(), at.home()]).toEqual(['/api/login', '/api/login/challenge', '/api/']);
  });

  it('escape what they carry', () => {
    const at = routes();
    expect(at.login('/a?b=c&d')).toBe('/login?returnTo=%2Fa%3Fb%3Dc%26d');
    expect(at.factor('../x?y')).toBe('/account/security/two-factor/factors/..%2Fx%3Fy');
    expect(at.setUp(true, '../x', '/setup')).toBe('/login/enrol/..%2Fx/setup');
    expect(at.setUp(false, undefined)).toBe('/account/security/two-factor');
  });

  it('take the host’s sign-in page', () => {
    expect(routes('', { login: '/sign-in' }).login('/x')).toBe('/sign-in?returnTo=%2Fx');
  });
});
