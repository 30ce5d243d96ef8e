/** Longest address that is kept, in characters, as asked for and as encoded. */
const longest = 2_000;

/**
 * The address to come back to, as a path of this site; `/` for whatever is of another site, of no site, or of the sign-in
 * itself. Backslashes and control characters count: browsers read `/\evil.example` as another site.
 */
export function safeReturnTo(wanted: unknown): string {
  const isPath =
    typeof wanted === 'string' && wanted.length <= longest && /^\/(?!\/)[^\\\p{C}]*$/u.test(wanted);
  if (!isPath || !URL.canParse(wanted, site)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, site);
  const path = `${pathname}${search}${hash}`;
  return origin === site && !isElsewhere(pathname) && path.length <= longest ? path : '/';
}

/** Once `/x/..//` is resolved, a path may begin with two slashes: that is another site again. */
function isElsewhere(pathname: string): boolean {
  return pathname.startsWith('//') || /^\/(login|logout)(\/|$)/i.test(pathname);
}

/** Any site does: only the part behind it is kept. */
const site = 'http://site.invalid';

/** The sign-in page that leads back to `address`. */
export function loginAddress(address: string): string {
  const returnTo = safeReturnTo(address);
  return returnTo === '/' ? '/login' : `/login?returnTo=${encodeURIComponent(returnTo)}`;
}
