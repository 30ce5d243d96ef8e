import { IsOptional, IsString, ValidateBy } from 'class-validator';
import { portalLocales } from '../pages/texts/portal-locales.js';
import { type FormPage, keptText } from '../portal/forms/form.js';
import { acceptableName } from './account.js';

const needed = { message: 'profile.name-needed' };
const notOffered = { message: 'profile.language-unknown' };
const isOffered = (value: unknown) => value === '' || portalLocales().some((locale) => locale === value);
const isName = (value: unknown) => typeof value === 'string' && acceptableName(value);

/** What the profile page sends. */
export class ProfileForm {
  @IsString(needed)
  @ValidateBy({ name: 'name', validator: { validate: isName } }, needed)
  name: string;

  /** A language the portal has; empty or null: the browser's; left out: as it was. */
  @IsOptional()
  @ValidateBy({ name: 'locale', validator: { validate: isOffered } }, notOffered)
  locale?: string | null;
}

/** The profile page again, with what was typed. */
export const profilePage: FormPage = (errors, body) => ({
  view: 'accounts/profile',
  model: { errors, name: keptText(body['name'], 100), locale: keptText(body['locale'], 35) },
});
