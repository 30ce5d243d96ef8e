import { toIsoDates } from '../../portal/to-iso-dates.js';
import { ticketJson } from '../../support/ticket.json.js';
import { approvalJson } from '../acts/approvals/approval.json.js';
import { noteJson } from '../notes/note.json.js';
import type { ClientDetails } from './client-page.js';
import type { ClientRecord } from './client-row.js';
import type { ClientCounts } from './clients.service.js';

type ClientJson = Record<string, unknown>;

/** A client for programs; each gate's protection is given by its name. */
export function clientJson({ protections, ...client }: ClientRecord): ClientJson {
  return { ...toIsoDates(client), ...Object.fromEntries(protections.map(({ name, on }) => [name, on])) };
}

/** The counts for programs. */
export function countsJson({ protections, ...counts }: ClientCounts): ClientJson {
  return { ...counts, ...Object.fromEntries(protections.map(({ name, count }) => [name, count])) };
}

/** A client's services, invoices and tickets for programs. */
export function detailsJson({
  services,
  invoices,
  due,
  tickets,
  panels,
  entries,
  sessions,
  notes,
  approvals,
}: ClientDetails): ClientJson {
  return {
    services: services.map(toIsoDates),
    invoices: invoices.map(toIsoDates),
    due,
    tickets: tickets.map(ticketJson),
    sessions: sessions.map(toIsoDates),
    notes: notes.map(noteJson),
    approvals: approvals.map(approvalJson),
    panels: panels.map(({ module, view }) => ({ ...(view?.json ?? { failed: true }), module })),
    events: entries.map(({ userAgent: _, ...line }) => ({ ...line, at: new Date(line.at).toISOString() })),
  };
}
