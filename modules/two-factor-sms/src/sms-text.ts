/** The values for the text of a message. */
export interface SmsTextFacts {
  /** The id of the account, for hosts that know its language. */
  readonly accountId: string;
  /** The provider's name. */
  readonly issuer: string;
  /** The code in two groups of four digits. */
  readonly code: string;
  /** The lifetime of the code in minutes. */
  readonly minutes: number;
}

/** Returns the text of a message. Keep it below 160 characters, or it is sent, and charged, as several. */
export type SmsText = (facts: SmsTextFacts) => string | Promise<string>;

/** The text in English. */
export const smsTextEn: SmsText = ({ issuer, code, minutes }) =>
  `${issuer}: ${code} is your security code. It is good for ${minutes} minutes. Tell it to nobody.`;

/** The text in German. */
export const smsTextDe: SmsText = ({ issuer, code, minutes }) =>
  `${issuer}: ${code} ist Ihr Sicherheitscode. Er gilt ${minutes} Minuten. Geben Sie ihn niemandem.`;
