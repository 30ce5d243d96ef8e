import type { Phone } from './phone.js';
import type { Shown, Walker } from './walk.js';

/** Says of the ticket at this address, as staff. */
export type Desk = (ticket: string, answer: string) => Promise<void>;

const nothing = '   ';

/** What somebody has, and what they are billed; a domain's EPP code, behind “Confirm it’s you”. */
export async function walksThroughServices({ surfer, person }: Walker, phone: Phone, shown: Shown) {
  await surfer.goes('/services');
  await shown('services');
  await surfer.clicks('moreau-ceramics.example');
  await shown('hosting-plan');
  await surfer.clicks('All services');
  await surfer.clicks('alice-moreau.example');
  await shown('domain');
  await surfer.clicks('Show EPP code');
  await surfer.writes('Password', person.password);
  await surfer.answers('Security code', phone.code(), 'Confirm');
  await surfer.clicks('Show EPP code');
  await shown('domain-epp-code');
  await surfer.goes('/invoices');
  await shown('invoices');
  await surfer.page.locator('tbody a').first().click();
  await shown('invoice');
}

/** Asks, is answered, says more, and needs no more help. */
export async function walksThroughSupport({ surfer }: Walker, answers: Desk, shown: Shown) {
  await surfer.goes('/tickets');
  await shown('tickets');
  await surfer.writes('Subject', nothing);
  await surfer.answers('What can we do for you?', nothing, 'Open ticket');
  await shown('tickets-refused');
  await surfer.writes('Subject', 'Certificate for shop.moreau-ceramics.example');
  const asked = 'Hello,\n\nplease add the name shop.moreau-ceramics.example to our certificate.\n\nAlice';
  await surfer.answers('What can we do for you?', asked, 'Open ticket');
  await shown('ticket-opened');
  const { pathname } = new URL(surfer.page.url());
  await answers(
    pathname,
    'Hello Alice,\n\nit is done: the new certificate is in place. Anything else?\n\nSam',
  );
  await surfer.goes(pathname);
  await shown('ticket-answered');
  await surfer.answers('Your message', nothing, 'Send reply');
  await shown('ticket-refused');
  await surfer.answers('Your message', 'No, thank you.', 'Send reply');
  await shown('ticket-replied');
  await surfer.clicks('Close ticket');
  await shown('ticket-closed');
}

/** Their own account: what they are called, the language, the password. */
export async function walksThroughAccount({ surfer, person }: Walker, shown: Shown) {
  await surfer.chooses(person, 'Profile');
  await shown('profile');
  await surfer.answers('Name', nothing, 'Save');
  await shown('profile-refused');
  await surfer.answers('Name', person.name, 'Save');
  await shown('profile-saved');
  await surfer.goes('/account/password');
  await surfer.answers('New password', 'x'.repeat(129), 'Set new password');
  await shown('password-refused');
  await surfer.answers('New password', person.password, 'Set new password');
  await shown('password-changed');
  await surfer.goes('/staff');
  await shown('forbidden');
}

/** A customer who owes something. */
export async function walksToSuspended({ surfer, person }: Walker, shown: Shown) {
  await surfer.signsIn(person);
  await surfer.clicks('Services');
  await surfer.clicks('maps.lindqvist-cycling.example');
  await shown('hosting-plan-suspended');
}

/** A new customer, who has nothing yet. */
export async function walksThroughNothing({ surfer, person }: Walker, shown: Shown) {
  await surfer.signsIn(person);
  await shown('home-empty');
  await surfer.goes('/services');
  await shown('services-empty');
  await surfer.goes('/invoices');
  await shown('invoices-empty');
  await surfer.goes('/tickets');
  await shown('tickets-empty');
}
