/** Longest address that is kept. */
const longest = 2_000;

/**
 * The address to come back to, as a path of this site; `/` for whatever is of another site, of no site, or of the sign-in
 * itself. Backslashes and control characters count: browsers read `/\evil.example` as another site.
 */
export function safeReturnTo(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > longest || !wanted.startsWith('/')) return '/';
  if (/[\\\p{C}]/u.test(wanted) || wanted.startsWith('//') || !URL.canParse(wanted, site)) return '/';
  const url = new URL(wanted, site);
  const isOurs = url.origin === site && !/^\/(login|logout)(\/|$)/i.test(url.pathname);
  // A path that begins with two slashes after `/x/..//` was resolved would be another site again.
  return isOurs && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}${url.hash}` : '/';
}

/** Any site does: only the part behind it is kept. */
const site = 'http://site.invalid';

/** The sign-in page that leads back to `address`. */
export function loginAddress(address: string): string {
  const returnTo = safeReturnTo(address);
  return returnTo === '/' ? '/login' : `/login?returnTo=${encodeURIComponent(returnTo)}`;
}
