import type { Phone } from '../phone.js';
import type { Shown, Walker } from './walk.js';

/** Answers the ticket at this address, as staff. */
export type Desk = (ticket: string, answer: string) => Promise<void>;

const nothing = '   ';

/** Services and their prices; and a domain's EPP code, behind “Confirm it’s you”. */
export async function walksThroughServices({ user, person }: Walker, phone: Phone, shown: Shown) {
  await user.goes('/services');
  await shown('services');
  await user.clicks('moreau-ceramics.example');
  await shown('hosting-plan');
  await user.clicks('All services');
  await user.clicks('alice-moreau.example');
  await shown('domain');
  await user.clicks('Change name servers');
  await shown('nameservers');
  await user.clicks('Back to the domain');
  await user.clicks('Show EPP code');
  await shown('confirm-epp-code');
  await user.writes('Password', person.password);
  await user.answers('Security code', phone.code(), 'Confirm');
  await shown('domain-epp-code');
  await user.goes('/invoices');
  await shown('invoices');
  await user.clicks('Payment method');
  await shown('payment-method');
  await user.goes('/invoices');
  await user.page.locator('tbody a').first().click();
  await shown('invoice');
}

/** A ticket: question, answer, reply, closed. */
export async function walksThroughSupport({ user }: Walker, answers: Desk, shown: Shown) {
  await user.goes('/tickets');
  await shown('tickets');
  await user.writes('Subject', nothing);
  await user.answers('What can we do for you?', nothing, 'Open ticket');
  await shown('tickets-refused');
  await user.writes('Subject', 'Certificate for shop.moreau-ceramics.example');
  const asked = 'Hello,\n\nplease add the name shop.moreau-ceramics.example to our certificate.\n\nAlice';
  await user.answers('What can we do for you?', asked, 'Open ticket');
  await shown('ticket-opened');
  const { pathname } = new URL(user.page.url());
  await answers(
    pathname,
    'Hello Alice,\n\nit is done: the new certificate is in place. Anything else?\n\nSam',
  );
  await user.goes(pathname);
  await shown('ticket-answered');
  await user.answers('Your message', nothing, 'Send reply');
  await shown('ticket-refused');
  await user.answers('Your message', 'No, thank you.', 'Send reply');
  await shown('ticket-replied');
  await user.clicks('Close ticket');
  await shown('ticket-closed');
}

/** The person's own account: name, language, password. */
export async function walksThroughAccount({ user, person }: Walker, phone: Phone, shown: Shown) {
  await user.chooses(person, 'Profile');
  await shown('profile');
  await user.answers('Name', nothing, 'Save');
  await shown('profile-refused');
  await user.answers('Name', person.name, 'Save');
  await shown('profile-saved');
  // the code for the EPP code is used
  await user.waits(60);
  await user.goes('/account/password');
  await user.writes('Password', person.password);
  await user.answers('Security code', phone.code(), 'Confirm');
  await shown('new-password');
  await user.answers('New password', 'x'.repeat(129), 'Set new password');
  await shown('password-refused');
  await user.answers('New password', person.password, 'Set new password');
  await shown('password-changed');
  await user.goes('/staff');
  await shown('forbidden');
}

/** An action is pressed on a page from before something made it wait. */
export async function walksToWait(
  { user, person }: Walker,
  { domain, starts }: { domain: string; starts: () => Promise<unknown> },
  shown: Shown,
) {
  await user.signsIn(person);
  await user.goes(`/services/${domain}`);
  await starts();
  await user.clicks('Show EPP code');
  await shown('waits');
}

/** A customer with an unpaid invoice. */
export async function walksToSuspended({ user, person }: Walker, shown: Shown) {
  await user.signsIn(person);
  await user.clicks('Services');
  await user.clicks('maps.lindqvist-cycling.example');
  await shown('hosting-plan-suspended');
}

/** A new customer without services. */
export async function walksThroughNothing({ user, person }: Walker, shown: Shown) {
  await user.signsIn(person);
  await shown('home-empty');
  await user.goes('/services');
  await shown('services-empty');
  await user.goes('/invoices');
  await shown('invoices-empty');
  await user.goes('/tickets');
  await shown('tickets-empty');
}
