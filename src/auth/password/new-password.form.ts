import type { FormPage } from '../../portal/forms/form.js';
import { AcceptablePassword } from '../common/typed-fields.js';

/** What the password page sends. */
export class NewPasswordForm {
  @AcceptablePassword()
  newPassword: string;
}

/** The password page again; nothing of what was typed is kept. */
export const newPasswordPage: FormPage = (errors) => ({ view: 'accounts/password', model: { errors } });
