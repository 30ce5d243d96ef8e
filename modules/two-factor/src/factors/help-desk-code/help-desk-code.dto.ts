import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { longestTyped } from '../../core/common/typed-code.js';

/** The form for a code of the help desk. It checks only length and type, so that another code in this field is recognised. */
export class HelpDeskCodeForm {
  /** Twenty digits, with any spaces and dashes. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(longestTyped)
  readonly code: string;
}
