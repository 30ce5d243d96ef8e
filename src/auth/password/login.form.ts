import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { type FormPage, keptText } from '../../portal/forms/form.js';
import { TypedEmail } from '../common/field-validators.js';

/** The form of the sign-in page. */
export class LoginForm {
  @TypedEmail()
  email: string;

  /** No account has a longer password, so hashing a longer one would be useless work. */
  @IsString({ message: 'login.password-needed' })
  @Length(1, 512, { message: 'login.password-needed' })
  password: string;

  @IsOptional()
  @IsString({ message: 'problem.todo.INVALID_INPUT' })
  @MaxLength(2000, { message: 'problem.todo.INVALID_INPUT' })
  returnTo?: string;
}

/** The sign-in page again. It keeps the address, but never the password. */
export const loginPage: FormPage = (errors, body) => ({
  view: 'auth/login',
  model: { errors, email: keptText(body['email'], 254), returnTo: keptText(body['returnTo'], 2000) },
});
