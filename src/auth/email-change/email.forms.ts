import { type FieldError, type FormPage, keptText } from '../../portal/forms/form.js';
import type { Account } from '../../accounts/account.js';
import { AcceptableEmail } from '../common/field-validators.js';
import type { Waiting } from './email-links.js';

/** The form for a new address. */
export class NewEmailForm {
  @AcceptableEmail()
  email: string;
}

/** The address is already their own. */
export const ownAddress: readonly FieldError[] = [{ field: 'email', key: 'email.same' }];

/** The page again, with the typed value and the address that still waits. */
export const newEmailPage =
  (waiting: Waiting | null): FormPage =>
  (errors, body) => ({
    view: 'accounts/email',
    model: { errors, waiting, email: keptText(body['email'], 254) },
  });

/** The address and the waiting one, as JSON clients see them. */
export function emailFacts({ email }: Account, waiting: Waiting | null): Record<string, unknown> {
  const shown = waiting && {
    email: waiting.email,
    expiresAt: new Date(waiting.expiresAt).toISOString(),
  };
  return { email, waiting: shown };
}
