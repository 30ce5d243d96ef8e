import { IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { type FormPage, keptText } from '../portal/form.js';

/** What the sign-in page sends. */
export class LoginForm {
  @IsString({ message: 'login.email-needed' })
  @Length(1, 254, { message: 'login.email-needed' })
  // Control characters and half characters are in no address, and some databases refuse them.
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, { message: 'login.email-needed' })
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
