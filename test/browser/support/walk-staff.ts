import type { Phone } from './phone.js';
import type { Surfer } from './surfer.js';
import type { Shown, Walker } from './walk.js';

/** The clients: found, not found, looked at. */
export async function walksThroughClients({ surfer, person }: Walker, client: string, shown: Shown) {
  await surfer.clicks('Staff area');
  await shown('staff');
  await surfer.clicks('Clients');
  await shown('staff-clients');
  await surfer.answers('Name or e-mail address', 'Nobody at all', 'Find');
  await shown('staff-clients-nobody');
  await surfer.clicks('Show all');
  await surfer.clicks(client);
  await shown('staff-client');
  await surfer.clicks('Clients');
  await surfer.page.locator('main').getByRole('link', { name: person.name }).click();
  await shown('staff-client-own');
}

/** A ticket is found, and answered after the agent has confirmed. */
export async function walksThroughDesk(walker: Walker, phone: Phone, subject: string, shown: Shown) {
  const { surfer, person } = walker;
  await surfer.clicks('Tickets desk');
  await shown('staff-tickets');
  await surfer.picks('State', 'Closed');
  await surfer.clicks('Filter');
  await shown('staff-tickets-closed');
  await surfer.clicks('Show all');
  await surfer.clicks(subject);
  await shown('staff-ticket-confirm');
  await surfer.clicks('Confirm it’s you');
  await surfer.writes('Password', person.password);
  await surfer.answers('Security code', phone.code(), 'Confirm');
  await shown('staff-ticket');
  await surfer.clicks('Send answer');
  await shown('staff-ticket-refused');
  await surfer.answers('Your answer', 'Hello,\n\nit is done.\n\nMia', 'Send answer');
  await shown('staff-ticket-answered');
}

/** What happened, all of it and some of it. */
export async function walksThroughAudit({ surfer, person }: Walker, shown: Shown) {
  await surfer.clicks('Audit');
  await surfer.answers('Account’s e-mail address', person.email, 'Filter');
  await shown('audit');
  await surfer.picks('Event', 'gate.lowered: Protection lowered by an operator');
  await surfer.clicks('Filter');
  await shown('audit-none');
  await surfer.goes('/staff/audit?from=2030-02-30');
  await shown('audit-no-day');
}

/** Staff without a factor of their own read, and do nothing. */
export async function walksWithoutFactor({ surfer, person }: Walker, subject: string, shown: Shown) {
  await surfer.signsIn(person);
  await surfer.clicks('Staff area');
  await surfer.clicks('Tickets desk');
  await surfer.clicks(subject);
  await shown('staff-ticket-no-factor');
  await sendsAll(surfer);
  await shown('staff-no-factor');
  await surfer.goes('/staff/clients');
  await surfer.clicks('Mia Tanaka');
  await shown('staff-client-colleague');
  await surfer.goes('/staff/audit');
  await shown('staff-forbidden');
}

/** Sends a form to the address of the page shown, as if one had been open there from before. */
async function sendsAll({ page }: Surfer): Promise<void> {
  const sends = `
    const form = document.querySelector('form[action="/logout"]');
    form.action = location.pathname;
    form.submit();`;
  await Promise.all([page.waitForEvent('load'), page.evaluate(sends)]);
}
