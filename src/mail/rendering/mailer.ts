import type { EntityManager } from 'typeorm';

/**
 * The recipient of a notification. `locale` is their chosen language (BCP 47), or the portal's default language; `timeZone` their
 * chosen time zone (IANA), or the provider's.
 */
export interface Addressee {
  readonly name: string;
  readonly email: string;
  readonly locale?: string | null;
  readonly timeZone?: string | null;
}

/** A notification to one person. */
export interface Mail {
  /** Identifies the mail: it is sent once, however often it is requested. */
  readonly id: string;
  readonly to: Addressee;
  /** View without `.html` and `.text`, e.g. `mail/password-changed` or `modules/<id>/mail/<name>`. */
  readonly view: string;
  readonly model: Readonly<Record<string, unknown>>;
  /** UTC ms; after this time the mail is useless and is not delivered any more. Absent: no limit. */
  readonly until?: number;
  /**
   * Rendered, stored and processed like any other mail, but not sent. The work therefore does not reveal whether an account has
   * an address. Absent: it is sent.
   */
  readonly decoy?: boolean;
}

/** Sends notifications to people. */
export abstract class Mailer {
  /**
   * Resolves when the mail is stored safely. If it rejects, the caller repeats the call with the same id. With a manager the
   * mail is stored in that transaction, or not at all after a rollback. It is sent after the commit.
   */
  abstract send(mail: Mail, manager?: EntityManager): Promise<void>;
}
