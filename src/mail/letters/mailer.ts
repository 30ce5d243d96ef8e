import type { EntityManager } from 'typeorm';

/** Whom a notice is for; `locale` is the language they chose (BCP 47), the portal's own where they chose none. */
export interface Addressee {
  readonly name: string;
  readonly email: string;
  readonly locale?: string | null;
}

/** A notice to one person. */
export interface Mail {
  /** Names the mail: one mail for it, however often it is asked for. */
  readonly id: string;
  readonly to: Addressee;
  /** View without `.html` and `.text`, e.g. `mail/password-changed` or `modules/<id>/mail/<name>`. */
  readonly view: string;
  readonly model: Readonly<Record<string, unknown>>;
  /** UTC ms; afterwards it is worth nothing and is not delivered any more. Absent: it always is. */
  readonly until?: number;
  /**
   * Written, kept and taken up like any other, but not sent: so the work does not tell whether an account has an
   * address. Absent: it is sent.
   */
  readonly decoy?: boolean;
}

/** How notices reach people. */
export abstract class Mailer {
  /**
   * Resolves when the mail is kept somewhere it cannot get lost; rejects to be asked again with the same id. With the
   * manager of a unit of work the mail is kept with that unit, or not at all when it is rolled back; it leaves after the commit.
   */
  abstract send(mail: Mail, manager?: EntityManager): Promise<void>;
}
