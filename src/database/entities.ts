import { AccountRow } from '../accounts/account.entity.js';
import { ApiTokenRow } from '../api-tokens/rows/api-token.entity.js';
import { TokenApprovalRow } from '../api-tokens/rows/token-approval.entity.js';
import { AuditEntryRow } from '../audit/audit-entry.entity.js';
import { GateFlagRow } from '../auth/gates/gate-flag.entity.js';
import { EmailLinkRow } from '../auth/email-change/email-link.entity.js';
import { LockDownRow } from '../auth/lock-down/lock-down.entity.js';
import { SeenBrowserRow } from '../auth/new-sign-ins/seen-browser.entity.js';
import { ResetLinkRow } from '../auth/password-reset/reset-link.entity.js';
import { QueuedResetRow } from '../auth/password-reset/queued-reset.entity.js';
import { RateLimitRow } from '../auth/rate-limits/rate-limit.entity.js';
import { SessionRow } from '../auth/sessions/rows/session.entity.js';
import { ImpersonationRow } from '../impersonation/impersonation.entity.js';
import { InvoiceLineRow } from '../billing/invoices/invoice-line.entity.js';
import { InvoiceRow } from '../billing/invoices/invoice.entity.js';
import { PaymentMethodRow } from '../billing/payment/payment-method.entity.js';
import { ServiceRow } from '../billing/services/service.entity.js';
import { PortalEventRow } from '../events/portal-event.entity.js';
import { TicketMessageRow } from '../support/ticket-message.entity.js';
import { TicketRow } from '../support/ticket.entity.js';
import { FormAnswerRow } from '../form-posts/form-answer.entity.js';
import { KeptFormRow } from '../form-posts/kept-forms/kept-form.entity.js';
import { MailRow } from '../mail/queue/mail.entity.js';
import { NoteRow } from '../staff/notes/note.entity.js';
import { ApprovalRow } from '../staff/acts/approvals/approval.entity.js';

/** The portal's own tables. */
export const portalEntities = [
  AccountRow,
  ApiTokenRow,
  ApprovalRow,
  AuditEntryRow,
  EmailLinkRow,
  FormAnswerRow,
  GateFlagRow,
  ImpersonationRow,
  InvoiceLineRow,
  InvoiceRow,
  KeptFormRow,
  LockDownRow,
  MailRow,
  NoteRow,
  PaymentMethodRow,
  PortalEventRow,
  RateLimitRow,
  SeenBrowserRow,
  ServiceRow,
  ResetLinkRow,
  QueuedResetRow,
  SessionRow,
  TicketMessageRow,
  TicketRow,
  TokenApprovalRow,
] as const;
