/** The data of each event of the portal, besides its envelope. It never contains a secret or a code. */
export interface PortalEventData {
  'login.succeeded': Readonly<Record<string, never>>;
  'login.failed': { readonly reason: string };
  logout: Readonly<Record<string, never>>;
  'session.ended': { readonly reason: string; readonly sessions?: number };
  'password.changed': Readonly<Record<string, never>>;
  'password.reset-requested': Readonly<Record<string, never>>;
  'email.change-requested': Readonly<Record<string, never>>;
  'email.changed': Readonly<Record<string, never>>;
  'ticket.opened': { readonly ticketId: string; readonly number: string };
  'ticket.replied': { readonly ticketId: string; readonly number: string };
  'ticket.answered': { readonly ticketId: string; readonly number: string };
  'ticket.closed': { readonly ticketId: string; readonly number: string };
  'epp-code.shown': { readonly serviceId: string; readonly domain: string };
  'gate.lowered': { readonly gate: string; readonly reason: string };
}

export type PortalEventName = keyof PortalEventData;

/** The catalogue: the name of each event, and when it is emitted. `docs/events.md` lists exactly these. */
export const portalEvents: Readonly<Record<PortalEventName, string>> = {
  'login.succeeded':
    'Somebody is signed in: the password was right and every gate has been passed. Told once.',
  'login.failed':
    'A sign-in was refused before any gate was asked, or because a gate the account needs is missing or knows nothing of it.',
  logout: 'Somebody signed out.',
  'session.ended':
    'One or more sessions of an account were ended by their owner, by staff or by a change of secrets.',
  'password.changed': 'The owner set a new password, confirmed by the old one or by a mailed link.',
  'password.reset-requested':
    'Somebody asked for a link to replace a forgotten password, for an address that may be nobody’s.',
  'email.change-requested':
    'The owner asked for another e-mail address, which the owner of that mailbox is to confirm.',
  'email.changed': 'An account has another e-mail address, confirmed by a link mailed to it.',
  'ticket.opened': 'A customer opened a ticket.',
  'ticket.replied': 'A customer said more in a ticket of theirs, which is open (again) since.',
  'ticket.answered': 'Staff answered a ticket.',
  'ticket.closed': 'A ticket was closed, by its owner or by staff.',
  'epp-code.shown': 'The owner of a domain was shown the code that moves it to another registrar.',
  'gate.lowered': 'An operator let an account sign in although a module that protects it is not installed.',
};
