import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { longestResponse } from './response.js';

/** The form that a browser's script sends: the answer of an authenticator, as JSON. */
export class WebAuthnForm {
  @IsString()
  @IsNotEmpty()
  @MaxLength(longestResponse)
  readonly response: string;
}
