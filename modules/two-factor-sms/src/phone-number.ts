import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Longer than any number with spaces and dashes (ITU-T E.164 allows 15 digits). */
export const longestNumber = 32;

/** Kinds of numbers that cost their caller extra: a fraud sends codes to its own (toll fraud). */
const costly: readonly unknown[] = ['PREMIUM_RATE', 'SHARED_COST', 'PAGER', 'VOICEMAIL', 'UAN'];

/**
 * A number as E.164 has it (`+` and up to 15 digits), or null: it is none, it lacks its country, its country does not have it, or it
 * costs extra. Spaces, dashes and brackets do not matter. The country is never guessed.
 */
export function phoneNumber(input: unknown): string | null {
  if (typeof input !== 'string' || input.length > longestNumber) return null;
  const text = input.trim();
  if (!/^\+[0-9][0-9 ().\-\u00a0\u2011/]*$/.test(text)) return null;
  const found = parsePhoneNumberFromString(text, { extract: false });
  if (!found?.isValid() || found.ext !== undefined || costly.includes(found.getType())) return null;
  return found.number;
}

/** Enough of a number for its owner to know it: the country and the last two digits, as in `+49 ••• ••12`. */
export function maskedNumber(number: string): string {
  const country = parsePhoneNumberFromString(number)?.countryCallingCode ?? '';
  return `+${country} ••• ••${number.slice(-2)}`;
}
