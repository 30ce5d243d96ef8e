import type { Letter } from '../letters/letter.js';

/** A rendered mail with its id. */
export interface Parcel {
  readonly id: string;
  readonly letter: Letter;
  /** UTC ms. */
  readonly writtenAt: number;
}

/** Sends mails to the outside. The same mail may be sent twice; the recipient can recognize a copy by its Message-ID. */
export abstract class MailTransport {
  /** @throws MailRefused when this mail will never be accepted. Any other error is retried. */
  abstract deliver(parcel: Parcel): Promise<void>;

  /** Does the same work as `deliver`, except for sending the mail. */
  abstract rehearse(parcel: Parcel): Promise<void>;

  /** Closes connections, also during a delivery; an interrupted delivery is repeated. */
  abstract close(): void;
}

/** The mail server permanently refuses this mail (RFC 5321 §4.2.1: 5yz). */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}
