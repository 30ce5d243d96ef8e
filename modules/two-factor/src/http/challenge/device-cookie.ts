import type { Request } from 'express';
import type { DeviceToken } from '../../core/devices/devices.js';

/** How many people may have this browser trusted for themselves. */
const MOST = 5;
const TOKEN = /^[\w-]{43}$/;

/** Bound to this host and to https where that is how it is reached (RFC 6265bis §4.1.3.2). */
function nameIn({ secure }: Request): string {
  return secure ? '__Host-two-factor-device' : 'two-factor-device';
}

/** The device tokens this browser brought, of whatever accounts; newest first. */
export function deviceTokens(request: Request): readonly string[] {
  const name = nameIn(request);
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  const given = pairs.find(([key]) => key === name)?.[1] ?? '';
  return given
    .split('.')
    .filter((token) => TOKEN.test(token))
    .slice(0, MOST);
}

/** Has the browser keep one more. No script can read it, no other site can make a browser send it along with a form. */
export function rememberDevice(request: Request, { token, expiresAt }: DeviceToken): void {
  const kept = [token, ...deviceTokens(request)].slice(0, MOST).join('.');
  const { secure } = request;
  const flags = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  request.res?.cookie(nameIn(request), kept, { ...flags, expires: new Date(expiresAt) });
}
