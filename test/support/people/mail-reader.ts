import type { Person } from './accounts.js';
import { codesOn } from './owner.js';
import type { Page } from './page.js';
import type { Portal } from '../portal/portal.js';
import type { Visitor } from './visitor.js';

const room = '/account/security/two-factor/email-code';

/** Where a code is asked for at a sign-in, and to confirm. */
export const resend = { atSignIn: '/login/challenge/resend', toConfirm: '/account/confirm/resend' } as const;

/** A person with two-factor by codes by mail. */
export interface MailReader {
  readonly person: Person;
  readonly codes: readonly string[];
  /** The browser it was set up in, still signed in. */
  readonly visitor: Visitor;
}

/** Turns two-factor on with codes by mail, on the pages. A minute later, so that the next one may be asked for. */
export async function mailReader(site: Portal, name: string): Promise<MailReader> {
  const person = await site.account(name);
  const visitor = site.visitor();
  await visitor.signsIn(person);
  await visitor.goes(room);
  await visitor.presses(`${room}/setup`);
  const done = await visitor.submits({ code: await newestCode(site, person) });
  site.clock.advance(60_000);
  return { person, codes: codesOn(done), visitor };
}

/** Presses "E-mail me a code", and opens the mail. */
export async function asksForCode(
  site: Portal,
  visitor: Visitor,
  whose: Pick<Person, 'email'>,
  where: string = resend.atSignIn,
): Promise<string> {
  const before = await codesTo(site, whose);
  await visitor.presses(where);
  const codes = await codesTo(site, whose);
  if (codes.length === before.length) throw new Error(`No new code came: ${visitor.page.text}`);
  return codes.at(-1) ?? '';
}

export async function newestCode(site: Portal, whose: Pick<Person, 'email'>): Promise<string> {
  return (await codesTo(site, whose)).at(-1) ?? '';
}

/** All codes that were mailed to this person, the oldest first: mails are named by their events, whose names sort by time. */
export async function codesTo(site: Portal, { email }: Pick<Person, 'email'>): Promise<string[]> {
  await site.settled();
  const mails = (await site.inbox.of(email)).filter(({ subject }) => subject === 'Your security code');
  return mails.map(({ source }) => /^(\d{4} \d{4})\r?$/m.exec(source)?.[1] ?? '');
}

/** A code that is not this one. */
export function otherThan(code: string): string {
  return String((Number(code.replace(' ', '')) + 1) % 100_000_000).padStart(8, '0');
}

/** Confirms on the page that asks, with a code that is asked for there. */
export async function confirmsByMail(site: Portal, { person, visitor }: MailReader): Promise<Page> {
  const code = await asksForCode(site, visitor, person, resend.toConfirm);
  return visitor.submits({ password: person.password, code });
}
