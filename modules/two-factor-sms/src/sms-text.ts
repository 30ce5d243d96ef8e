/** What the text of a message says. */
export interface SmsTextFacts {
  /** The id of the account, for hosts that know its language. */
  readonly accountId: string;
  /** The provider's name. */
  readonly issuer: string;
  /** In two groups of four digits. */
  readonly code: string;
  /** For how many minutes it is good. */
  readonly minutes: number;
}

/** Makes the text of a message. Keep it below 160 characters, or it is sent, and paid for, as several. */
export type SmsText = (facts: SmsTextFacts) => string | Promise<string>;

/** In English. */
export const smsTextEn: SmsText = ({ issuer, code, minutes }) =>
  `${issuer}: ${code} is your security code. It is good for ${minutes} minutes. Tell it to nobody.`;

/** In German. */
export const smsTextDe: SmsText = ({ issuer, code, minutes }) =>
  `${issuer}: ${code} ist Ihr Sicherheitscode. Er gilt ${minutes} Minuten. Geben Sie ihn niemandem.`;
