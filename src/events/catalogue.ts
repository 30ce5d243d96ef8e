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
  'password.changed': Readonly<Record<string, never>>;
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
  'ticket.closed': { readonly ticketId: string; readonly number: string };
  'epp-code.shown': { readonly serviceId: string; readonly domain: string };
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
  };
  'approval.refused': { readonly approvalId: string; readonly act: string; readonly askedBy?: string };
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
  'email.changed': 'An account has another e-mail address, confirmed by a link that was mailed to it.',
  'ticket.opened': 'A customer opened a ticket.',
  'ticket.replied': 'A customer added a message to their own ticket, which is now open (again).',
  'ticket.answered': 'Staff answered a ticket.',
  'ticket.closed': 'A ticket was closed, by its owner or by staff.',
  'epp-code.shown': 'The owner of a domain viewed the code that moves the domain to another registrar.',
  'gate.lowered': 'An operator let an account sign in although a module that protects it is not installed.',
  'account.suspended':
    'Staff suspended an account: it cannot sign in, and its sessions and pending logins were ended.',
  'account.reopened': 'Staff reopened a suspended account.',
  'approval.requested': 'An act that needs a second person was asked for; it waits for their decision.',
  'approval.granted': 'A second person approved an act that was asked for.',
  'approval.refused':
    'An act that was asked for was refused or withdrawn, or there was nothing to do any more.',
};
