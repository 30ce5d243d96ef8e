import { IsString, ValidateBy } from 'class-validator';
import { acceptablePassword } from '../accounts/passwords.js';
import type { FormPage } from '../portal/form.js';

const isAcceptable = (value: unknown) => typeof value === 'string' && acceptablePassword(value);

/** What the password page sends. */
export class NewPasswordForm {
  @IsString({ message: 'password.length' })
  @ValidateBy({ name: 'acceptable', validator: { validate: isAcceptable } }, { message: 'password.length' })
  newPassword: string;
}

/** The password page again; nothing of what was typed is kept. */
export const newPasswordPage: FormPage = (errors) => ({ view: 'accounts/password', model: { errors } });
