import { type FormPage, keptText } from '../../portal/forms/form.js';
import { AcceptablePassword, TypedEmail } from '../common/typed-fields.js';

/** What the page for a forgotten password sends. */
export class ForgotForm {
  @TypedEmail()
  email: string;
}

export const forgotPage: FormPage = (errors, body) => ({
  view: 'auth/forgot',
  model: { errors, email: keptText(body['email'], 254) },
});

/** What the page behind the link sends. */
export class ResetForm {
  @AcceptablePassword()
  password: string;
}

/** The page behind the link again; nothing of what was typed is kept. */
export const resetPage =
  (token: string, email: string): FormPage =>
  (errors) => ({ view: 'auth/reset', model: { errors, token, email } });
