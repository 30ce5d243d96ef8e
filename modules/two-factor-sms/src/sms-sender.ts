/** A message to a phone: keep all of it out of logs. */
export interface Sms {
  /** The same for every try of the same message: a gateway that knows it sends one message only. */
  readonly id: string;
  /** E.164, e.g. `+4917112345678`. */
  readonly to: string;
  readonly text: string;
  /** UTC ms; afterwards the message is worth nothing. */
  readonly until: number;
}

/** What takes messages to phones: a gateway of the host's choice. */
export abstract class SmsSender {
  /**
   * Resolves when the gateway has taken the message. Rejects to have the person who asked told that it was not sent; the error must name
   * neither number nor text, since hosts log errors.
   */
  abstract send(sms: Sms): Promise<void>;
}
