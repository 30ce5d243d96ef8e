import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

import { longestTyped } from '../../core/common/typed-code.js';

/**
 * The form for a backup code. It checks only length and type: a security code in this field must reach the challenge, which
 * recognises it.
 */
export class BackupCodesForm {
  /** Sixteen characters, with any spaces, dashes and letter case. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(longestTyped)
  readonly code: string;
}
