import { Inject } from '@nestjs/common';
import { CallerCheckDesk } from './core/caller-check/caller-check-desk.js';
import { CheckUpReader } from './core/check-up/check-up-reader.js';
import { RecoveryDesk } from './core/recovery-desk/recovery-desk.js';

/** The part of the facade for a help desk. */
export abstract class DeskFacade {
  /**
   * Who is calling? An agent starts a check and reads out its three words; the customer, signed in, sees the agent's name and
   * the words at `/account/verify-caller`, and confirms with a factor. Then the caller is verified to this agent for ten
   * minutes.
   */
  @Inject(CallerCheckDesk)
  readonly callerCheck: CallerCheckDesk;

  /** The recovery desk, for the host's staff and for its pages; see the option `recoveryDesk`. */
  @Inject(RecoveryDesk)
  readonly recovery: RecoveryDesk;

  /** "Does it still work?": what is known about the factors of an account, for the host's staff and its home page. */
  @Inject(CheckUpReader)
  readonly checkUp: CheckUpReader;
}
