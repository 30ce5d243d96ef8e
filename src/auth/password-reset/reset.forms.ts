import { type FormPage, keptText } from '../../portal/forms/form.js';
import { AcceptablePassword, TypedEmail } from '../common/field-validators.js';

/** The form of the page for a forgotten password. */
export class ForgotForm {
  @TypedEmail()
  email: string;
}

export const forgotPage: FormPage = (errors, body) => ({
  view: 'auth/forgot',
  model: { errors, email: keptText(body['email'], 254) },
});

/** The form of the page behind the link. */
export class ResetForm {
  @AcceptablePassword()
  password: string;
}

/** The page behind the link again, without the typed values. */
export const resetPage =
  (token: string, email: string): FormPage =>
  (errors) => ({ view: 'auth/reset', model: { errors, token, email } });
