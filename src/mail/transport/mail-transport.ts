import type { RenderedMail } from '../rendering/rendered-mail.js';

/** A rendered mail with its id. */
export interface MailJob {
  readonly id: string;
  readonly letter: RenderedMail;
  /** UTC ms. */
  readonly writtenAt: number;
}

/** Sends mails to the outside. The same mail may be sent twice; the recipient can recognize a copy by its Message-ID. */
export abstract class MailTransport {
  /** @throws MailRejectedError when this mail will never be accepted. Any other error is retried. */
  abstract deliver(job: MailJob): Promise<void>;

  /** Does the same work as `deliver`, except for sending the mail. */
  abstract rehearse(job: MailJob): Promise<void>;

  /** Closes connections, also during a delivery; an interrupted delivery is repeated. */
  abstract close(): void;
}

/** The mail server permanently refuses this mail (RFC 5321 §4.2.1: 5yz). */
export class MailRejectedError extends Error {
  override readonly name = 'MailRefused';
}
