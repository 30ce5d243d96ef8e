import { type FieldError, type FormPage, keptText } from '../../portal/forms/form.js';
import type { Account } from '../../accounts/account.js';
import { AcceptableEmail } from '../common/typed-fields.js';
import type { Waiting } from './email-links.js';

/** What the page for a new address sends. */
export class NewEmailForm {
  @AcceptableEmail()
  email: string;
}

/** It is their own already. */
export const ownAddress: readonly FieldError[] = [{ field: 'email', key: 'email.same' }];

/** The page again, with what was typed, and what waits as before. */
export const newEmailPage =
  (waiting: Waiting | null): FormPage =>
  (errors, body) => ({
    view: 'accounts/email',
    model: { errors, waiting, email: keptText(body['email'], 254) },
  });

/** What programs are told of an address and of the one that waits. */
export function emailFacts({ email }: Account, waiting: Waiting | null): Record<string, unknown> {
  const told = waiting && {
    email: waiting.email,
    expiresAt: new Date(waiting.expiresAt).toISOString(),
  };
  return { email, waiting: told };
}
