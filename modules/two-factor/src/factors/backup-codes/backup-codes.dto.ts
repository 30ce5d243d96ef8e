import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

import { longestTyped } from '../../core/common/typed-code.js';

/**
 * What the owner of a backup code sends. Only its outer shape is judged here: a security code typed into this field must
 * reach the challenge, which recognises it.
 */
export class BackupCodesForm {
  /** Sixteen characters, with whatever spaces, dashes and letter case came along. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(longestTyped)
  readonly code: string;
}
