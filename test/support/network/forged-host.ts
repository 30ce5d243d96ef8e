import { request } from 'node:http';
import type { Portal } from '../portal/portal.js';
import type { Visitor } from '../people/visitor.js';

/** Whatever a request can say of the host it is for; none of it is to be believed. */
export const forgeries: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Host: { Host: 'evil.example' },
  'Host with a port that is none': { Host: 'portal.example:@evil.example' },
  'X-Forwarded-Host': { 'X-Forwarded-Host': 'evil.example' },
  'every header of proxies': {
    Host: 'evil.example',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Server': 'evil.example',
    'X-Host': 'evil.example',
    'X-Original-Host': 'evil.example',
    Forwarded: 'host=evil.example',
    Referer: 'http://evil.example/',
  },
};

/** Asks as a program with this visitor's cookies; `fetch` does not allow another Host. Answers the status. */
export function asksWith(
  portal: Portal,
  visitor: Visitor,
  headers: Readonly<Record<string, string>>,
  { path, body }: { readonly path: string; readonly body: unknown },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const own = { Cookie: visitor.cookies.header, 'X-Forwarded-For': visitor.address };
    const types = { Accept: 'application/json', 'Content-Type': 'application/json' };
    const asking = request(
      `${portal.url}${path}`,
      { method: 'POST', headers: { ...own, ...types, ...headers } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asking.on('error', reject);
    asking.end(JSON.stringify(body));
  });
}
