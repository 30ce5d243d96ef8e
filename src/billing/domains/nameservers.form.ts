import { IsString, MaxLength } from 'class-validator';
import type { Domain } from '../services/service.js';
import { type FormPage, keptText } from '../../portal/forms/form.js';

/** More than 13 names of the greatest length. */
const longest = 5_000;

const needed = { message: 'nameservers.needed' };

/** The form of a domain's name servers: one name a line. */
export class NameserversForm {
  @IsString(needed)
  @MaxLength(longest, needed)
  nameservers: string;
}

/** The page with the form again; it keeps the typed text. */
export const nameserversPage =
  (service: Domain): FormPage =>
  (errors, body) => ({
    view: 'billing/nameservers',
    model: { service, errors, nameservers: keptText(body['nameservers'], longest) },
  });
