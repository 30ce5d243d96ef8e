/** The data of each event of the portal, besides its envelope. It never contains a secret or a code. */
export interface PortalEventData {
  'login.succeeded': Readonly<Record<string, never>>;
  'login.failed': { readonly reason: string };
  logout: Readonly<Record<string, never>>;
  'session.ended': {
    readonly reason: string;
    readonly sessions?: number;
    readonly staffReason?: string;
    readonly ticket?: string | null;
    readonly approvedBy?: string | null;
  };
  /** `byMailedLink`: a mailed link replaced it. */
  'password.changed': { readonly byMailedLink?: true };
  'password.reset-requested': {
    readonly reason?: string;
    readonly ticket?: string | null;
    readonly approvedBy?: string | null;
  };
  'email.change-requested': Readonly<Record<string, never>>;
  'email.changed': Readonly<Record<string, never>>;
  'ticket.opened': { readonly ticketId: string; readonly number: string };
  'ticket.replied': { readonly ticketId: string; readonly number: string };
  'ticket.answered': { readonly ticketId: string; readonly number: string };
  'ticket.assigned': { readonly ticketId: string; readonly number: string };
  'ticket.closed': { readonly ticketId: string; readonly number: string };
  'epp-code.shown': { readonly serviceId: string; readonly domain: string };
  'registrar-lock.enabled': { readonly serviceId: string; readonly domain: string };
  'registrar-lock.disabled': { readonly serviceId: string; readonly domain: string };
  'nameservers.changed': {
    readonly serviceId: string;
    readonly domain: string;
    readonly from: string;
    readonly to: string;
  };
  'payment-method.changed': { readonly from: string | null; readonly to: string };
  'gate.lowered': { readonly gate: string; readonly reason: string };
  'account.suspended': {
    readonly reason: string;
    readonly ticket: string | null;
    readonly approvedBy: string | null;
    readonly sessions: number;
  };
  'account.reopened': {
    readonly reason: string;
    readonly ticket: string | null;
    readonly approvedBy: string | null;
  };
  'note.added': { readonly noteId: string; readonly about: 'client' | 'ticket' };
  'approval.requested': {
    readonly approvalId: string;
    readonly act: string;
    readonly reason?: string;
    readonly ticket?: string | null;
  };
  'approval.granted': {
    readonly approvalId: string;
    readonly act: string;
    readonly askedBy?: string;
    readonly reason?: string;
    readonly ticket?: string | null;
    readonly tokenId?: string;
  };
  'approval.refused': {
    readonly approvalId: string;
    readonly act: string;
    readonly askedBy?: string;
    readonly tokenId?: string;
  };
  'token.created': {
    readonly tokenId: string;
    readonly name: string;
    readonly scopes: string;
    readonly expiresAt: string;
  };
  'token.revoked': { readonly tokenId: string; readonly name: string; readonly reason: string };
  'impersonation.started': {
    readonly impersonationId: string;
    readonly agent: string;
    readonly until: string;
    readonly reason: string;
    readonly ticket: string | null;
  };
  'impersonation.ended': {
    readonly impersonationId: string;
    readonly reason: string;
    readonly agent: string;
  };
}

export type PortalEventName = keyof PortalEventData;

/** The catalogue: each event's name, and when it is emitted. `docs/events.md` lists exactly these. */
export const portalEvents: Readonly<Record<PortalEventName, string>> = {
  'login.succeeded':
    'A user is signed in: the password was right, and every login gate admitted the login. Emitted once.',
  'login.failed':
    'A sign-in was refused before the first gate, or because a gate that the account needs is missing or does not know the account.',
  logout: 'A user signed out.',
  'session.ended':
    'One or more sessions of an account were ended by their owner, by staff or by a change of secrets.',
  'password.changed': 'The owner set a new password, confirmed by the old one or by a mailed link.',
  'password.reset-requested':
    'A password reset link was requested, for an address that may belong to no account.',
  'email.change-requested':
    'The owner requested another e-mail address, which must be confirmed from the new mailbox.',
  'email.changed':
    'An account has another e-mail address: by a link that was mailed to it, or its former one after “This wasn’t me”.',
  'ticket.opened': 'A customer opened a ticket.',
  'ticket.replied': 'A customer added a message to their own ticket, which is now open (again).',
  'ticket.answered': 'Staff answered a ticket.',
  'ticket.assigned': 'Staff said who of them takes care of a ticket.',
  'ticket.closed': 'A ticket was closed, by its owner or by staff.',
  'epp-code.shown': 'The owner of a domain viewed the code that moves the domain to another registrar.',
  'registrar-lock.enabled': 'The owner of a domain turned its registrar lock on.',
  'registrar-lock.disabled': 'The owner of a domain turned its registrar lock off: it can be moved.',
  'nameservers.changed': 'The owner of a domain gave it other name servers.',
  'payment-method.changed': 'The owner of an account chose another payment method.',
  'gate.lowered': 'An operator let an account sign in although a module that protects it is not installed.',
  'account.suspended':
    'Staff suspended an account: it cannot sign in, and its sessions and pending logins were ended.',
  'account.reopened': 'Staff reopened a suspended account.',
  'note.added': 'Staff wrote a note for staff about a client or a ticket.',
  'approval.requested': 'An act that needs a second person was asked for; it waits for their decision.',
  'approval.granted': 'A second person approved an act that was asked for.',
  'approval.refused':
    'An act that was asked for was refused or withdrawn, or there was nothing to do any more.',
  'token.created': 'The owner made an API token.',
  'token.revoked':
    'An API token was revoked, by its owner or because the account was suspended or locked down.',
  'impersonation.started': 'An agent began to act as a client, for at most 30 minutes.',
  'impersonation.ended':
    'An agent no longer acts as a client: ended by the agent, by the time, with the session, or because one of the accounts has changed.',
};
