import { confirms, owner, type Owner, pending, scans } from '../../people/owner.js';
import type { Visitor } from '../../people/visitor.js';
import type { Portal } from '../../portal/portal.js';

/** A form on the visitor's page, filled in and not sent yet. */
export interface FilledForm {
  readonly visitor: Visitor;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  /** The address that one mail goes to. */
  readonly mailTo?: string;
}

/** A form of the portal or of the package. */
export interface PostedForm {
  readonly name: string;
  /** What two equal posts of it do, in the words of `docs/forms.md`. */
  readonly result: string;
  /** The page that both posts lead to. */
  readonly page: RegExp;
  fill(site: Portal): Promise<FilledForm>;
}

export const security = '/account/security';
export const room = `${security}/two-factor`;
export const fresh = 'a brand new password';

export async function customer(site: Portal): Promise<Visitor> {
  const visitor = site.visitor();
  await visitor.signsIn(await site.account('Ann'));
  return visitor;
}

/** An owner whose step-up is fresh, on this page. */
export async function confirmed(site: Portal, place: string, whose?: Owner): Promise<Owner> {
  const who = whose ?? (await owner(site, 'Ann'));
  await who.visitor.goes(`/account/confirm?returnTo=${place}`);
  await confirms(who, who.visitor);
  site.clock.advance(30_000);
  return who;
}

/** An agent of a portal that requires two-factor of staff. */
export async function agent(site: Portal): Promise<Owner> {
  const person = await site.account('Sam', 'support');
  const visitor = await pending(site, person);
  const app = scans(site, await visitor.presses('/login/enrol/totp/setup'));
  await visitor.submits({ code: app.code() });
  site.clock.advance(30_000);
  return { person, app, codes: [], visitor };
}

/** A ticket of this visitor; the page is that of the ticket. */
export async function ticket(site: Portal): Promise<Visitor> {
  const visitor = await customer(site);
  await visitor.goes('/tickets');
  await visitor.submits({ subject: 'Help', body: 'It does not work.' });
  return visitor;
}

export const actionOf = (visitor: Visitor, end: string): string =>
  visitor.page.attribute(`form[action$="${end}"]`, 'action') ?? '';

export const noFields = {};
