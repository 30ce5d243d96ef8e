import type { Account } from '../../common/account.js';

/** A code for an account's owner. Do not write any part of it to logs. */
export interface CodeMessage {
  /** The id of the code's event. Send one message for each id, even when `send` is called again. */
  readonly id: string;
  /** The factor's template of the message, e.g. `code`. */
  readonly template: string;
  /** The template's model: the code, its purpose, and the time and origin of the request. */
  readonly model: Readonly<Record<string, unknown>>;
  /** UTC ms. The code is invalid afterwards, and the message should not be delivered. */
  readonly until: number;
}

/**
 * A way in which codes reach an account's owner apart from the page: mail is one, a phone another. A factor names its
 * channel in `delivery`. Several channels to one medium have the same `readableBy`.
 */
export abstract class CodeChannel {
  /** A lower-case name, e.g. `mail` or `sms`. It is part of message keys, as in `sending.mail.first`. */
  abstract readonly name: string;

  /**
   * The media whose readers see a code, e.g. `['mail']` or `['phone']`. If an account has such a factor, a message over
   * the same medium must not reset its password. One medium would then give both factors (NIST SP 800-63B-4 §3.1.3.1).
   * See `TwoFactor.reachedBy`.
   */
  abstract readonly readableBy: readonly string[];

  /**
   * Whether several accounts can name the same destination. Messages are then limited for the destination too. Without
   * that limit, a person with many accounts could send a victim many messages.
   */
  abstract readonly isShared: boolean;

  /**
   * The reason why no message can be sent, as a sentence; absent where the channel works. A factor that needs a channel
   * with a fault stops the start.
   */
  readonly fault?: string;

  /** The text for people when the channel did not accept a code. */
  readonly unsent: string = 'The code could not be sent. Try again in a minute, or use another way.';

  /**
   * Returns the destination of a code in one normal form. `data`: the data of a draft or of a factor.
   * @throws DamagedFactor when the data names no destination.
   */
  abstract destination(account: Account, data: Readonly<Record<string, unknown>>): string;

  /** Returns the destination in a form that its owner recognises and that does not reveal it to others. */
  abstract masked(destination: string): string;

  /** Resolves when the message is accepted for delivery. A rejection tells the person that the code was not sent. */
  abstract send(account: Account, destination: string, message: CodeMessage): Promise<void>;
}
