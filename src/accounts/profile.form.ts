import { IsString, ValidateBy } from 'class-validator';
import { type FormPage, keptText } from '../portal/form.js';
import { acceptableName } from './account.js';

const needed = { message: 'profile.name-needed' };
const isName = (value: unknown) => typeof value === 'string' && acceptableName(value);

/** What the profile page sends. */
export class ProfileForm {
  @IsString(needed)
  @ValidateBy({ name: 'name', validator: { validate: isName } }, needed)
  name: string;
}

/** The profile page again, with what was typed. */
export const profilePage: FormPage = (errors, body) => ({
  view: 'accounts/profile',
  model: { errors, name: keptText(body['name'], 100) },
});
