/** A message to a phone. Do not write any part of it to logs. */
export interface Sms {
  /** The same for every attempt to send the same message. A gateway that knows the id sends one message only. */
  readonly id: string;
  /** E.164, e.g. `+4917112345678`. */
  readonly to: string;
  readonly text: string;
  /** UTC ms; the message is worthless afterwards. */
  readonly until: number;
}

/** Sends messages to phones through a gateway of the host's choice. */
export abstract class SmsSender {
  /**
   * Resolves when the gateway has accepted the message. A rejection tells the person that it was not sent. The error
   * must contain neither number nor text, because hosts log errors.
   */
  abstract send(sms: Sms): Promise<void>;
}
