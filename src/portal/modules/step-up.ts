import type { Request } from 'express';

/** A dangerous action of the portal, as the step-up names it. */
export interface ConfirmedAct {
  /** The stable name, e.g. `epp-code.show`. */
  readonly name: string;
  /** The path parameters of its route. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Returns what will happen, in the reader's language. */
  title(): Promise<string>;
  /** The address of the page with its form. */
  readonly page: string;
  /** Whether a sign-in with password and factor a moment ago is enough: for the person's own settings. */
  readonly signInCounts: boolean;
}

/** Asks a signed-in person for password and factor again. */
export interface StepUp {
  /** The path of its page. */
  readonly path: string;
  /**
   * Null when this session confirmed the action no longer than `minutes` ago. Else the module keeps the request and carries it
   * out after the step-up: `to` is the page for people, and programs confirm with `act`.
   */
  confirmation(
    request: Request,
    minutes: number,
    act: ConfirmedAct,
  ): Promise<{ readonly to: string; readonly act: string } | null>;
  /**
   * The address where a person who has only a password sets up a factor and comes back from; null for people who have a factor.
   */
  setUpAddress(request: Request, returnTo: string): Promise<string | null>;
}
