import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { longestTyped } from '../../core/common/typed-code.js';

/**
 * The form of an answer. It checks only the outer form: a backup code in this field must reach the challenge, which
 * recognises it.
 */
export class EmailCodeForm {
  /** Eight digits, possibly with spaces and dashes. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(longestTyped)
  readonly code: string;
}
