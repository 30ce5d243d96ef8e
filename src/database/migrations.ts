import { AccountsTable1764000000100 } from './migrations/1764000000100-accounts-table.js';
import { InvoicesTable1764000000200 } from './migrations/1764000000200-invoices-table.js';
import { PortalEventsTable1764000000300 } from './migrations/1764000000300-portal-events-table.js';
import { AuditEntriesTable1764000000400 } from './migrations/1764000000400-audit-entries-table.js';
import { SessionsTable1764000000500 } from './migrations/1764000000500-sessions-table.js';
import { AccountGatesTable1764000000600 } from './migrations/1764000000600-account-gates-table.js';
import { ServicesTable1764000000700 } from './migrations/1764000000700-services-table.js';
import { InvoiceLinesTable1764000000800 } from './migrations/1764000000800-invoice-lines-table.js';
import { TicketsTable1764000001100 } from './migrations/1764000001100-tickets-table.js';
import { TicketMessagesTable1764000001200 } from './migrations/1764000001200-ticket-messages-table.js';
import { PasswordResetsTable1764000001300 } from './migrations/1764000001300-password-resets-table.js';
import { MailsTable1764000002100 } from './migrations/1764000002100-mails-table.js';
import { AccountsCreatedIndex1764000002200 } from './migrations/1764000002200-accounts-created-index.js';
import { TicketsChangedIndex1764000002300 } from './migrations/1764000002300-tickets-changed-index.js';
import { EmailChangesTable1764000002400 } from './migrations/1764000002400-email-changes-table.js';
import { FormAnswersTable1764000002500 } from './migrations/1764000002500-form-answers-table.js';
import { KeptFormsTable1764000002600 } from './migrations/1764000002600-kept-forms-table.js';
import { RateLimitsTable1764000002700 } from './migrations/1764000002700-rate-limits-table.js';
import { AccountsTimeZone1764000002800 } from './migrations/1764000002800-accounts-time-zone.js';
import { FormAnswersToken1764000002900 } from './migrations/1764000002900-form-answers-token.js';
import { StaffApprovalsTable1764000003000 } from './migrations/1764000003000-staff-approvals-table.js';
import { StaffNotesTable1764000003001 } from './migrations/1764000003001-staff-notes-table.js';
import { ServicesLabelIndex1764000003002 } from './migrations/1764000003002-services-label-index.js';
import { TicketsAssignee1764000003003 } from './migrations/1764000003003-tickets-assignee.js';
import { LockDownsTable1764000003600 } from './migrations/1764000003600-lock-downs-table.js';
import { SeenBrowsersTable1764000003610 } from './migrations/1764000003610-seen-browsers-table.js';
import { ServicesNameservers1764000003200 } from './migrations/1764000003200-services-nameservers.js';
import { PaymentMethodsTable1764000003210 } from './migrations/1764000003210-payment-methods-table.js';
import { ApiTokensTable1764000003400 } from './migrations/1764000003400-api-tokens-table.js';
import { TokenApprovalsTable1764000003410 } from './migrations/1764000003410-token-approvals-table.js';
import { ImpersonationsTable1764000003420 } from './migrations/1764000003420-impersonations-table.js';
import { AccountsCredentialsChanged1764000003500 } from './migrations/1764000003500-accounts-credentials-changed.js';

/** The portal's own migrations, one table or index each. */
export const portalMigrations = [
  AccountsTable1764000000100,
  InvoicesTable1764000000200,
  PortalEventsTable1764000000300,
  AuditEntriesTable1764000000400,
  SessionsTable1764000000500,
  AccountGatesTable1764000000600,
  ServicesTable1764000000700,
  InvoiceLinesTable1764000000800,
  TicketsTable1764000001100,
  TicketMessagesTable1764000001200,
  PasswordResetsTable1764000001300,
  MailsTable1764000002100,
  AccountsCreatedIndex1764000002200,
  TicketsChangedIndex1764000002300,
  EmailChangesTable1764000002400,
  FormAnswersTable1764000002500,
  KeptFormsTable1764000002600,
  RateLimitsTable1764000002700,
  AccountsTimeZone1764000002800,
  FormAnswersToken1764000002900,
  StaffApprovalsTable1764000003000,
  StaffNotesTable1764000003001,
  ServicesLabelIndex1764000003002,
  TicketsAssignee1764000003003,
  LockDownsTable1764000003600,
  SeenBrowsersTable1764000003610,
  ServicesNameservers1764000003200,
  PaymentMethodsTable1764000003210,
  ApiTokensTable1764000003400,
  TokenApprovalsTable1764000003410,
  ImpersonationsTable1764000003420,
  AccountsCredentialsChanged1764000003500,
] as const;
