import type { Account } from '../../common/account.js';

/** A notice to an account's owner, or a code that a person requested. Do not write the model to logs. */
export interface Notice {
  /** The id of the event. Send one mail for each id, even when `send` is called again. */
  readonly id: string;
  /** Template below `mail/`, e.g. `factor-enrolled`. */
  readonly template: string;
  readonly model: Readonly<Record<string, unknown>>;
  /** UTC ms. The mail is worthless afterwards and should not be delivered. Absent where it has no end. */
  readonly until?: number;
}

/** Sends mails to people. */
export abstract class Mailer {
  /**
   * Resolves when the mail is stored safely. After a rejection a notice is sent again later; for a code, the person is
   * told that it was not sent.
   */
  abstract send(to: Account, notice: Notice): Promise<void>;
}
