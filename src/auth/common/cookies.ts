import { parse } from 'cookie';
import type { CookieOptions, Request } from 'express';
import type { Config } from '../../config.js';

/** `__Host-` binds a cookie to this very host, over https, for all paths (RFC 6265bis §4.1.3.2). */
export function cookieName(config: Config, name: string): string {
  return config.https ? `__Host-${name}` : name;
}

/** The attributes of every cookie of the portal. No maxAge: limits are read from the row, not from the browser. */
export function cookieOptions(config: Config): CookieOptions & { sameSite: 'lax' } {
  return { httpOnly: true, secure: config.https, sameSite: 'lax', path: '/' };
}

/** The value of a cookie, undecoded; the first one, where a browser sends several of a name. */
export function parseCookie(request: Request, name: string): string | undefined {
  return parse(request.headers.cookie ?? '', { decode: (value) => value })[name];
}
