import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { type FormPage, keptText } from '../../portal/forms/form.js';
import { TypedEmail } from '../common/typed-fields.js';

/** What the sign-in page sends. */
export class LoginForm {
  @TypedEmail()
  email: string;

  /** Longer ones cannot be anybody's: hashing them would be work for nothing. */
  @IsString({ message: 'login.password-needed' })
  @Length(1, 512, { message: 'login.password-needed' })
  password: string;

  @IsOptional()
  @IsString({ message: 'problem.todo.INVALID_INPUT' })
  @MaxLength(2000, { message: 'problem.todo.INVALID_INPUT' })
  returnTo?: string;
}

/** The sign-in page again: the address is kept, the password never. */
export const loginPage: FormPage = (errors, body) => ({
  view: 'auth/login',
  model: { errors, email: keptText(body['email'], 254), returnTo: keptText(body['returnTo'], 2000) },
});
