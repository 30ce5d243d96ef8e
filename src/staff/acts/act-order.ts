import type { Request } from 'express';
import type { Account } from '../../accounts/account.js';
import { actorOf } from '../../auth/common/actor.js';
import type { Actor } from '../../events/portal-event.js';

/** The ticket that an act belongs to. */
export interface ActTicket {
  readonly id: string;
  /** The number that people quote, e.g. `T-7K3M9QXA`. */
  readonly number: string;
}

/** An act of staff that was asked for, and whose conditions were checked. */
export interface ActOrder {
  /** The name of the act. */
  readonly act: string;
  /** The client, as the portal read it last: inside the transaction where the act is one of the portal. */
  readonly client: Account;
  /** The staff member who asked for it. */
  readonly agent: Account;
  /** The staff member who approved it; null where one is enough. */
  readonly approver: Account | null;
  /** 1–500 characters. */
  readonly reason: string;
  readonly ticket: ActTicket | null;
  /** The fields of the form besides reason and ticket. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The request that carries it out: that of the agent, or that of the approver. */
  readonly request: Request;
}

/** What an act did, for the person who carried it out. */
export interface ActDone {
  /** Members of the JSON answer besides `status` and `act`. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** The address that people are led to, instead of the client's page. */
  readonly to?: string;
  /** A page that is shown once, instead of the way back to the client's page. Its view gets `client` too. */
  readonly page?: { readonly view: string; readonly model: Readonly<Record<string, unknown>> };
}

/** The members that every act of staff adds to the data of its event. */
export interface ActEventData {
  readonly reason: string;
  /** The number of the ticket; null where there is none. */
  readonly ticket: string | null;
  /** The account id of the staff member who approved it; null where one was enough. */
  readonly approvedBy: string | null;
}

/** The reason, the ticket and the approver, as the data of an event has them. */
export function actEvent({ reason, ticket, approver }: ActOrder): ActEventData {
  return { reason, ticket: ticket?.number ?? null, approvedBy: approver?.id ?? null };
}

/** The actor of the event: the staff member who asked for the act. */
export function actActor({ agent }: ActOrder): Actor {
  return actorOf(agent);
}

/** The reason for a facade that takes one text: it contains the number of the ticket too. */
export function actReason({ reason, ticket }: ActOrder): string {
  return ticket ? `${reason} (${ticket.number})` : reason;
}
