import { IsNotEmpty, IsString, MaxLength, Validate, ValidatorConstraint } from 'class-validator';
import { longestNumber, phoneNumber } from './phone-number.js';

@ValidatorConstraint({ name: 'phoneNumber' })
class IsSmsNumber {
  validate(value: unknown): boolean {
    return phoneNumber(value) !== null;
  }
}

/** The form that starts a set-up. */
export class SmsNumberForm {
  /** A number with its country code, e.g. `+49 171 1234567`. */
  @IsString()
  @MaxLength(longestNumber)
  @Validate(IsSmsNumber)
  readonly number: string;
}

/** The form of an answer. It checks only the outer form, so that a backup code in this field is recognised. */
export class SmsCodeForm {
  /** Eight digits, possibly with spaces and dashes. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  readonly code: string;
}
