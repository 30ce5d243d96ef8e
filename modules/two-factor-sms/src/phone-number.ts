import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Longer than any number with spaces and dashes (ITU-T E.164 allows 15 digits). */
export const longestNumber = 32;

/** Types of numbers that cost the caller extra. Fraudsters request codes for their own such numbers (toll fraud). */
const costly: readonly unknown[] = ['PREMIUM_RATE', 'SHARED_COST', 'PAGER', 'VOICEMAIL', 'UAN'];

/**
 * Returns the number in E.164 form (`+` and up to 15 digits). Null where it is no number, has no country code, does not
 * exist in its country, or costs extra. Spaces, dashes and brackets do not matter. The country is never guessed.
 */
export function phoneNumber(input: unknown): string | null {
  if (typeof input !== 'string' || input.length > longestNumber) return null;
  const text = input.trim();
  if (!/^\+[0-9][0-9 ().\-\u00a0\u2011/]*$/.test(text)) return null;
  const found = parsePhoneNumberFromString(text, { extract: false });
  if (!found?.isValid() || found.ext !== undefined || costly.includes(found.getType())) return null;
  return found.number;
}

/** The number in a form that its owner recognises: the country and the last two digits, as in `+49 ••• ••12`. */
export function maskedNumber(number: string): string {
  const country = parsePhoneNumberFromString(number)?.countryCallingCode ?? '';
  return `+${country} ••• ••${number.slice(-2)}`;
}
