import type { Request } from 'express';
import type { DeviceToken } from '../../core/devices/devices.js';
import { type HostCookie, readCookie, setCookie } from '../request/host-cookie.js';

/** How many people may have this browser trusted for themselves. */
const MOST = 5;
const TOKEN = /^[\w-]{43}$/;
/** No other site can make a browser send it along with a form. */
const COOKIE: HostCookie = { name: 'two-factor-device', sameSite: 'lax' };

/** The device tokens this browser brought, of whatever accounts; newest first. */
export function deviceTokens(request: Request): readonly string[] {
  return readCookie(request, COOKIE)
    .split('.')
    .filter((token) => TOKEN.test(token))
    .slice(0, MOST);
}

/** Has the browser keep one more. */
export function rememberDevice(request: Request, { token, expiresAt }: DeviceToken): void {
  const kept = [token, ...deviceTokens(request)].slice(0, MOST).join('.');
  setCookie(request, COOKIE, kept, expiresAt);
}
