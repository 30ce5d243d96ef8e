import type { Letter } from '../letters/letter.js';

/** A letter on its way. */
export interface Parcel {
  readonly id: string;
  readonly letter: Letter;
  /** UTC ms. */
  readonly writtenAt: number;
}

/** How letters leave the house. The same parcel may come twice; whoever gets it can tell by its Message-ID. */
export abstract class MailTransport {
  /** @throws MailRefused when this letter will never be taken; anything else is worth another try. */
  abstract deliver(parcel: Parcel): Promise<void>;

  /** Does what `deliver` does as far as it can without sending the letter. */
  abstract rehearse(parcel: Parcel): Promise<void>;

  /** Ends connections, also in the middle of a delivery; what was under way is delivered again. */
  abstract close(): void;
}

/** The mail server says for good that it does not take this letter (RFC 5321 §4.2.1: 5yz). */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}
