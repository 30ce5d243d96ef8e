/** Longest address that is accepted, in characters, both as requested and as encoded. */
const longest = 2_000;

/**
 * Returns the address to come back to, as a path of this site. It returns `/` for other sites, for invalid addresses and for
 * the sign-in page itself. Backslashes and control characters are refused: browsers read `/\evil.example` as another site.
 */
export function safeReturnTo(wanted: unknown): string {
  const isPath =
    typeof wanted === 'string' && wanted.length <= longest && /^\/(?!\/)[^\\\p{C}]*$/u.test(wanted);
  if (!isPath || !URL.canParse(wanted, site)) return '/';
  const { origin, pathname, search, hash } = new URL(wanted, site);
  const path = `${pathname}${search}${hash}`;
  return origin === site && !isElsewhere(pathname) && path.length <= longest ? path : '/';
}

/** After `/x/..//` is resolved, a path may begin with two slashes, which would be another site. */
function isElsewhere(pathname: string): boolean {
  return pathname.startsWith('//') || /^\/(login|logout)(\/|$)/i.test(pathname);
}

/** Any site works here, because only the part behind it is used. */
const site = 'http://site.invalid';

/** The address of the sign-in page that leads back to `address`. `done`: the sentence that it shows. */
export function loginAddress(address: string, done?: 'expired' | 'ended' | 'cookies'): string {
  const returnTo = safeReturnTo(address);
  const query = [
    ...(done === undefined ? [] : [`done=${done}`]),
    ...(returnTo === '/' ? [] : [`returnTo=${encodeURIComponent(returnTo)}`]),
  ];
  return query.length === 0 ? '/login' : `/login?${query.join('&')}`;
}
