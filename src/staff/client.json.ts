import { dated } from '../portal/dated.js';
import { ticketJson } from '../support/ticket.json.js';
import type { ClientDetails } from './client-page.js';
import type { Client } from './clients.service.js';

type Json = Record<string, unknown>;

/** A client for programs. */
export function clientJson(client: Client): Json {
  return dated(client);
}

/** What a client has, for programs. */
export function detailsJson({ services, invoices, due, tickets, panels, entries }: ClientDetails): Json {
  return {
    services: services.map(dated),
    invoices: invoices.map(dated),
    due,
    tickets: tickets.map(ticketJson),
    panels: panels.map(({ module, view }) => ({ module, ...(view?.json ?? { failed: true }) })),
    events: entries.map(({ name, at, ip }) => ({ name, at: new Date(at).toISOString(), ip })),
  };
}
