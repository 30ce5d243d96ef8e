import type { FormPage } from '../../portal/forms/form.js';
import { AcceptablePassword } from '../common/field-validators.js';

/** The form of the password page. */
export class NewPasswordForm {
  @AcceptablePassword()
  newPassword: string;
}

/** The password page again, without the typed values. */
export const newPasswordPage: FormPage = (errors) => ({ view: 'accounts/password', model: { errors } });
