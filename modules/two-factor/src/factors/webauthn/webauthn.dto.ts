import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { longestResponse } from './response.js';

/** What a browser's script sends: the answer of an authenticator, as JSON. */
export class WebAuthnForm {
  @IsString()
  @IsNotEmpty()
  @MaxLength(longestResponse)
  readonly response: string;
}
