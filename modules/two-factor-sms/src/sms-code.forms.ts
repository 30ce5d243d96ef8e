import { IsNotEmpty, IsString, MaxLength, Validate, ValidatorConstraint } from 'class-validator';
import { longestNumber, phoneNumber } from './phone-number.js';

@ValidatorConstraint({ name: 'phoneNumber' })
class IsSmsNumber {
  validate(value: unknown): boolean {
    return phoneNumber(value) !== null;
  }
}

/** What a set-up starts with. */
export class SmsNumberForm {
  /** With its country, e.g. `+49 171 1234567`. */
  @IsString()
  @MaxLength(longestNumber)
  @Validate(IsSmsNumber)
  readonly number: string;
}

/** The answer. Only its outer shape is judged here, so that a backup code in this field is recognised. */
export class SmsCodeForm {
  /** Eight digits, with the spaces and dashes that came along. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  readonly code: string;
}
