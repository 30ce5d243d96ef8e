import { parse } from 'cookie';
import type { CookieOptions } from 'express';
import type { Config } from '../../config.js';

/** The prefix `__Host-` binds a cookie to exactly this host, over https, for all paths (RFC 6265bis §4.1.3.2). */
export function cookieName(config: Config, name: string): string {
  return config.https ? `__Host-${name}` : name;
}

/** The attributes of every cookie of the portal. They set no maxAge: the limits are in the database row, not in the browser. */
export function cookieOptions(config: Config): CookieOptions & { sameSite: 'lax' } {
  return { httpOnly: true, secure: config.https, sameSite: 'lax', path: '/' };
}

/** The undecoded value of a cookie. If the browser sends several cookies of one name, the first one counts. */
export function parseCookie(
  request: { readonly headers: { readonly cookie?: string } },
  name: string,
): string | undefined {
  return parse(request.headers.cookie ?? '', { decode: (value) => value })[name];
}
