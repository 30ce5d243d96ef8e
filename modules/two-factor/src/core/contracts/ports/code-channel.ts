import type { Account } from '../../common/account.js';

/** A code on its way to an account's owner: keep all of it out of logs. */
export interface CodeMessage {
  /** The id of the event that tells of it: send one message for it, however often asked. */
  readonly id: string;
  /** The factor's template of the message, e.g. `code`. */
  readonly template: string;
  /** What the template says: the code, and what it is for, when and from where somebody asked for it. */
  readonly model: Readonly<Record<string, unknown>>;
  /** UTC ms; afterwards the code is worth nothing, and the message should not be delivered. */
  readonly until: number;
}

/**
 * A way for codes to reach an account's owner apart from the page: mail is one, a phone another. A factor names its channel in
 * `delivery`. Where several ways lead to one medium, each is a channel with the same `readableBy`.
 */
export abstract class CodeChannel {
  /** Lower-case name, e.g. `mail` or `sms`: part of message keys, as in `sending.mail.first`. */
  abstract readonly name: string;

  /**
   * Who can read a code: names of media, e.g. `['mail']` or `['phone']`. A message over one of these media must not replace the password
   * of an account with such a factor: it would bring both factors (NIST SP 800-63B-4 §3.1.3.1). See `TwoFactor.reachedBy`.
   */
  abstract readonly readableBy: readonly string[];

  /**
   * Can several accounts name the same destination? Then what is sent to it is limited for the destination too, or one person could
   * send somebody as many messages as they have accounts.
   */
  abstract readonly isShared: boolean;

  /** Why nothing can be sent, as a sentence; absent: it can. A factor that needs such a channel stops the start. */
  readonly fault?: string;

  /** What people are told when a code was not taken for delivery. */
  readonly unsent: string = 'The code could not be sent. Try again in a minute, or use another way.';

  /**
   * Where a code goes, in one normal form. `data`: what the factor keeps, of a draft or of a factor.
   * @throws DamagedFactor when the data names no destination.
   */
  abstract destination(account: Account, data: Readonly<Record<string, unknown>>): string;

  /** Enough of a destination for its owner to know it, too little for anybody else. */
  abstract masked(destination: string): string;

  /** Resolves when the message is taken for delivery; rejects to have the person who asked told that it was not sent. */
  abstract send(account: Account, destination: string, message: CodeMessage): Promise<void>;
}
