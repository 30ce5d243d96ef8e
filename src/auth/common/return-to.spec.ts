import { loginAddress, safeReturnTo } from './return-to.js';

describe('the address to come back to', () => {
  it.each(['/', '/invoices', '/invoices?page=2', '/services/7#epp', '/staff/audit?name=login.failed&x=%2F'])(
    'may be %s',
    (address) => expect(safeReturnTo(address)).toBe(address),
  );

  it.each([
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/x/..//evil.example',
    '/.//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'evil.example',
    'javascript:alert(1)',
    '/login',
    '/LOGIN/challenge',
    '/logout',
    '/x/../login',
    `/${'x'.repeat(2000)}`,
    undefined,
    ['/invoices'],
    7,
  ])('is not %p', (address) => expect(safeReturnTo(address)).toBe('/'));

  it('is named to the sign-in page only where it says something', () => {
    expect(loginAddress('/')).toBe('/login');
    expect(loginAddress('/invoices?page=2')).toBe('/login?returnTo=%2Finvoices%3Fpage%3D2');
  });
});
