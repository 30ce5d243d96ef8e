import type { Account } from '../../common/account.js';

/** A notice to an account's owner, or a code that somebody asked for: keep the model out of logs. */
export interface Notice {
  /** The event's id: send one mail for it, however often asked. */
  readonly id: string;
  /** Template below `mail/`, e.g. `factor-enrolled`. */
  readonly template: string;
  readonly model: Readonly<Record<string, unknown>>;
  /** UTC ms; afterwards it is worth nothing, and had better not be delivered. Absent: it always is. */
  readonly until?: number;
}

/** How notices reach people. */
export abstract class Mailer {
  /**
   * Resolves when the mail is kept somewhere it cannot get lost; rejects to be asked again, or, with a code, to have whoever asked told
   * that it cannot be mailed.
   */
  abstract send(to: Account, notice: Notice): Promise<void>;
}
