import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Person } from './accounts.js';
import type { Page } from './page.js';
import type { Portal } from '../portal/portal.js';
import type { Visitor } from './visitor.js';

/** A new address without an account. */
export function newAddress(name = 'new'): string {
  return `${name}.${randomBytes(5).toString('hex')}@example.net`;
}

/** Requests another address on the page, signed in. */
export async function wantsAddress(visitor: Visitor, email: string): Promise<Page> {
  await visitor.goes('/account/email');
  return visitor.submits({ email });
}

/** The mailbox in the form of a mail header: a domain with other letters is sent in ASCII (RFC 5891). */
function mailbox(email: string): string {
  const [name, domain = ''] = email.split('@');
  return `${name}@${domainToASCII(domain)}`;
}

/** The paths of all links that were mailed to this address; mails have no order. */
export async function emailLinks(portal: Portal, email: string): Promise<string[]> {
  await portal.settled();
  return (await portal.inbox.of(mailbox(email))).flatMap(({ source }) => {
    const found = /\/account\/email\/confirm\/[\w-]{43}/.exec(source.replace(/=\r?\n/g, ''));
    return found ? [found[0]] : [];
  });
}

/** Requests this address, signed in, and opens the newest mailed link. */
export async function newEmailLink(portal: Portal, visitor: Visitor, email: string): Promise<string> {
  const before = await emailLinks(portal, email);
  await wantsAddress(visitor, email);
  const link = (await emailLinks(portal, email)).find((each) => !before.includes(each));
  if (link === undefined) throw new Error(`No new link came to ${email}.`);
  return link;
}

/** The subjects of the mails to this address. */
export async function subjectsTo(portal: Portal, { email }: Pick<Person, 'email'>): Promise<string[]> {
  await portal.settled();
  return (await portal.inbox.of(email)).map(({ subject }) => subject).sort();
}
