import type { Request } from 'express';

/** A wait of dangerous actions. */
export interface ActWait {
  /** The time from which they are possible, UTC ms; null: not until the owner has set a new password. */
  readonly until: number | null;
}

/** Makes dangerous actions wait after a change that a thief could have made. */
export interface ActBrake {
  /** The path of the page that says why. */
  readonly path: string;
  /** Called for a page with the button of a dangerous action, so that nobody presses it in vain. Null: nothing waits. */
  waits(accountId: string): Promise<ActWait | null>;
  /** Called when the action is asked for; the module tells the owner. Null: it may go ahead. */
  asks(request: Request, accountId: string, act: string): Promise<ActWait | null>;
  /** Whether the account is locked until the owner has set a new password: its e-mail address must not change. Null: it is not. */
  isFrozen(accountId: string): Promise<ActWait | null>;
}
