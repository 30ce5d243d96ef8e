import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

import { longestTyped } from '../../core/common/typed-code.js';

/**
 * The form for a security code. It checks only length and type: a backup code in this field must reach the challenge, which
 * recognises it.
 */
export class TotpForm {
  /** Six digits, with any spaces and dashes. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(longestTyped)
  readonly code: string;
}
