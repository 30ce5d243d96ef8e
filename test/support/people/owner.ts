import type { Person } from './accounts.js';
import { AuthenticatorApp } from './authenticator-app.js';
import type { Page } from './page.js';
import type { Portal } from '../portal/portal.js';
import type { Visitor } from './visitor.js';

/** A person with two-factor: a phone and a sheet of backup codes. */
export interface Owner {
  readonly person: Person;
  readonly app: AuthenticatorApp;
  readonly codes: readonly string[];
  /** The browser it was set up in, still signed in. */
  readonly visitor: Visitor;
}

const room = '/account/security/two-factor';

/** Turns two-factor on as the pages say. The clock is a step later then, so that the app shows a fresh code. */
export async function owner(portal: Portal, name: string, given: { person?: Person } = {}): Promise<Owner> {
  const person = given.person ?? (await portal.account(name));
  const visitor = portal.visitor();
  await visitor.signsIn(person);
  await visitor.goes('/account/security');
  await visitor.goes(visitor.page.link('Click here to Enable'));
  const app = await getsStarted(portal, visitor);
  const done = await visitor.submits({ code: app.code(), label: 'My phone' });
  portal.clock.advance(30_000);
  return { person, app, codes: codesOn(done), visitor };
}

/** Presses "Get Started" and scans the QR code. */
export async function getsStarted(portal: Portal, visitor: Visitor): Promise<AuthenticatorApp> {
  const setup = await visitor.presses(`${room}/totp/setup`);
  return scans(portal, setup);
}

/** Scans the QR code of this page. */
export function scans(portal: Pick<Portal, 'clock'>, setup: Page): AuthenticatorApp {
  return AuthenticatorApp.scans(setup.attribute('a[href^="otpauth:"]', 'href') ?? '', portal.clock);
}

/** The backup codes this page shows. */
export function codesOn(page: Page): string[] {
  return page.all('[data-backup-code]');
}

/** A browser that has passed the password and is asked for the second factor. */
export async function pending(portal: Portal, person: Person, returnTo?: string): Promise<Visitor> {
  const visitor = portal.visitor();
  await visitor.signsIn(person, returnTo);
  return visitor;
}

/** Confirms that it is them, on the page that asks. */
export async function confirms({ person, app }: Owner, visitor: Visitor, code = app.code()): Promise<Page> {
  return visitor.submits({ password: person.password, code });
}
