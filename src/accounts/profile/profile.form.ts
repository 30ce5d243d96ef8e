import { IsOptional, IsString, ValidateBy } from 'class-validator';
import { isZoneName } from '../../pages/common/time-zones.js';
import { portalLocales } from '../../pages/texts/portal-locales.js';
import { type FieldError, type FormPage, keptText } from '../../portal/forms/form.js';
import { acceptableName } from '../account.js';
import { unusableCharacter } from './unusable-character.js';

const needed = { message: 'profile.name-needed' };
const notOffered = { message: 'profile.language-unknown' };
const noZone = { message: 'profile.time-zone-unknown' };
const isZone = (value: unknown) => value === '' || isZoneName(value);
const isOffered = (value: unknown) => value === '' || portalLocales().some((locale) => locale === value);
const isName = (value: unknown) => typeof value === 'string' && acceptableName(value);

/** The form of the profile page. */
export class ProfileForm {
  @IsString(needed)
  @ValidateBy({ name: 'name', validator: { validate: isName } }, needed)
  name: string;

  /** A language of the portal. Empty or null: use the browser's language. Left out: no change. */
  @IsOptional()
  @ValidateBy({ name: 'locale', validator: { validate: isOffered } }, notOffered)
  locale?: string | null;

  /** A name of the IANA database, listed on the page or not. Empty or null: use the browser's time zone. Left out: no change. */
  @IsOptional()
  @ValidateBy({ name: 'timeZone', validator: { validate: isZone } }, noZone)
  timeZone?: string | null;
}

/** The profile page again, with the typed values. */
export const profilePage: FormPage = (errors, body) => ({
  view: 'accounts/profile',
  model: {
    errors: errors.map((error) => (error.field === 'name' ? nameError(error, body['name']) : error)),
    name: keptText(body['name'], 100),
    locale: keptText(body['locale'], 35),
    timeZone: keptText(body['timeZone'], 64),
  },
});

/** Says which character cannot be used, if it is one: it may be invisible. */
function nameError(error: FieldError, typed: unknown): FieldError {
  const unusable = unusableCharacter(keptText(typed, 200));
  if (!unusable) return error;
  const { name, place, code } = unusable;
  return { field: error.field, key: `profile.name-character.${name}`, values: { place, code } };
}
