import { accountForms } from './forms/account-forms.js';
import { billingForms } from './forms/billing-forms.js';
import type { PostedForm } from './forms/filled-form.js';
import { impersonationForms } from './forms/impersonation-forms.js';
import { staffForms } from './forms/staff-forms.js';
import { ticketForms } from './forms/ticket-forms.js';
import { tokenForms } from './forms/token-forms.js';
import { twoFactorForms } from './forms/two-factor-forms.js';

export type { PostedForm };

/** The forms that a double click must not break, in the order of the table in `docs/forms.md`. */
export const postedForms: readonly PostedForm[] = [
  ...twoFactorForms,
  ...accountForms,
  ...ticketForms,
  ...tokenForms,
  ...impersonationForms,
  ...staffForms,
  ...billingForms,
];
