import { AccountRow } from '../accounts/account.entity.js';
import { AuditEntryRow } from '../audit/audit-entry.entity.js';
import { GateMarkRow } from '../auth/gate-mark.entity.js';
import { SessionRow } from '../auth/session.entity.js';
import { InvoiceRow } from '../billing/invoice.entity.js';
import { PortalEventRow } from '../events/portal-event.entity.js';

/** The portal's own tables. */
export const portalEntities = [
  AccountRow,
  AuditEntryRow,
  GateMarkRow,
  InvoiceRow,
  PortalEventRow,
  SessionRow,
] as const;
