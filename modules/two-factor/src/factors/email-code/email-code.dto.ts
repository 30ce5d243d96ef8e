import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { longestTyped } from '../../core/common/typed-code.js';

/**
 * What somebody sends who was mailed a code. Only its outer shape is judged here: a backup code typed into this field must
 * reach the challenge, which recognises it.
 */
export class EmailCodeForm {
  /** Eight digits, with whatever spaces and dashes came along. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(longestTyped)
  readonly code: string;
}
