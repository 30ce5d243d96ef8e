import type { Phone } from '../phone.js';
import type { BrowserUser } from '../browser-user.js';
import type { Shown, Walker } from './walk.js';

/** The clients: found, not found, viewed. */
export async function walksThroughClients({ user, person }: Walker, client: string, shown: Shown) {
  await user.clicks('Staff area');
  await shown('staff');
  await user.clicks('Clients');
  await shown('staff-clients');
  await user.answers('Name, e-mail, domain, invoice or ticket number', 'Nobody at all', 'Find');
  await shown('staff-clients-nobody');
  await user.clicks('Show all');
  await user.clicks(client);
  await shown('staff-client');
  await user.clicks('Clients');
  await user.page.locator('main').getByRole('link', { name: person.name }).click();
  await shown('staff-client-own');
}

/** A caller lost a laptop: all sessions of the client end, and a note says why. Another one is of the agent's own role. */
export async function actsOnClients(
  { user, person }: Walker,
  phone: Phone,
  { client, colleague, shown }: { client: string; colleague: string; shown: Shown },
) {
  await user.goes(`/staff/clients/${client}`);
  const act = user.page.locator('details', { hasText: 'End all sessions' });
  await act.locator('summary').click();
  await act.getByLabel('Reason').fill('The caller has lost a laptop.');
  await act.getByRole('button').click();
  await shown('staff-act-confirm');
  await user.writes('Password', person.password);
  await user.answers('Security code', phone.code(), 'Confirm');
  await shown('staff-client-acted');
  await user.goes(`/staff/clients/${client}/notes`);
  await user.writes('Note for staff', 'Lost a laptop.\nCalls from a known number.');
  await shown('staff-notes');
  await user.clicks('Add note');
  await user.goes(`/staff/clients/${client}/sessions/end`);
  await shown('staff-act');
  await user.goes(`/staff/clients/${colleague}/suspend`);
  await user.answers('Reason', 'She left the company.', 'Suspend account');
  await user.waits(30);
  await user.writes('Password', person.password);
  await user.answers('Security code', phone.code(), 'Confirm');
  await shown('staff-approval');
  await user.clicks('Approvals');
  await shown('staff-approvals');
}

/** Nobody acts on their own account. */
export async function actsOnOneself({ user }: Walker, own: string, shown: Shown) {
  await user.goes(`/staff/clients/${own}/suspend`);
  await shown('staff-act-refused');
}

/** A ticket is found, and answered. */
export async function walksThroughDesk({ user }: Walker, subject: string, shown: Shown) {
  await user.clicks('Tickets desk');
  await shown('staff-tickets');
  await user.picks('State', 'Closed');
  await user.clicks('Filter');
  await shown('staff-tickets-closed');
  await user.clicks('Show all');
  await user.clicks(subject);
  await shown('staff-ticket');
  await user.clicks('Send answer');
  await shown('staff-ticket-refused');
  await user.answers('Your answer', 'Hello,\n\nit is done.\n\nMia', 'Send answer');
  await shown('staff-ticket-answered');
}

/** The audit log, complete and filtered. */
export async function walksThroughAudit({ user, person }: Walker, shown: Shown) {
  await user.clicks('Audit');
  await user.answers('Account’s e-mail address', person.email, 'Filter');
  await shown('audit');
  await user.picks('Event', 'gate.lowered: Protection lowered by an operator');
  await user.clicks('Filter');
  await shown('audit-none');
  await user.goes('/staff/audit?from=2030-02-30');
  await shown('audit-no-day');
}

/** Staff without a factor of their own may read, and change nothing. */
export async function walksWithoutFactor({ user, person }: Walker, subject: string, shown: Shown) {
  await user.signsIn(person);
  await user.clicks('Staff area');
  await user.clicks('Tickets desk');
  await user.clicks(subject);
  await shown('staff-ticket-no-factor');
  await sendsAll(user);
  await shown('staff-no-factor');
  await user.goes('/staff/clients');
  await user.clicks('Mia Tanaka');
  await shown('staff-client-colleague');
  await user.goes('/staff/audit');
  await shown('staff-forbidden');
}

/** Sends a form to the address of the current page, as if it had been open before. */
async function sendsAll({ page }: BrowserUser): Promise<void> {
  const sends = `
    const form = document.querySelector('form[action="/logout"]');
    form.action = location.pathname;
    form.submit();`;
  await Promise.all([page.waitForEvent('load'), page.evaluate(sends)]);
}
