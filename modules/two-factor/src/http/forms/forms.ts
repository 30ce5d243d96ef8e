import { applyDecorators } from '@nestjs/common';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { Proof } from '../../core/contracts/factor.js';
import { unusableCharacterText } from './unusable-character.js';

/** Longer than an accidental paste. Up to this length, the kind explains the error on the page with the form. */
const CODE_LENGTH = 1024;
const RESPONSE_LENGTH = 16_384;
const KIND_LENGTH = 64;
const ID_LENGTH = 64;
/** The name of an action, a colon, and an id. */
const ACT_LENGTH = 128;
const LABEL_LENGTH = 64;
const PASSWORD_LENGTH = 1024;
const ADDRESS_LENGTH = 2048;
/** Text without control, format and unassigned characters. */
const PLAIN = /^[^\p{C}]*$/u;

/** The next address; whether it is on this site is checked at the redirect. */
const WayBack = (): PropertyDecorator => applyDecorators(IsOptional(), IsString(), MaxLength(ADDRESS_LENGTH));

/** A proof, in one of its two forms. */
class ProofForm {
  @IsOptional()
  @IsString({ message: 'The code must be text.' })
  @MaxLength(CODE_LENGTH, { message: 'This is too long to be a code.' })
  readonly code?: string;

  @IsOptional()
  @IsString({ message: 'The response must be text.' })
  @MaxLength(RESPONSE_LENGTH)
  readonly response?: string;
}

/** An answer: the requested kind and its proof. */
export class AnswerForm extends ProofForm {
  @IsOptional()
  @IsString()
  @MaxLength(KIND_LENGTH)
  readonly kind?: string;
}

/** An answer for a pending login. */
export class ChallengeForm extends AnswerForm {
  /** A checkbox sends `on`; programs may send a boolean. */
  @IsOptional()
  @IsIn(['on', 'true', 'false', true, false], { message: 'This is yes or no.' })
  readonly trustDevice?: string | boolean;
}

/** A request for a code, with the kind where there are several. */
export class ResendForm {
  @IsOptional()
  @IsString()
  @MaxLength(KIND_LENGTH)
  readonly kind?: string;
}

/** The confirmation that the client names. */
const NamedAct = (): PropertyDecorator => applyDecorators(IsOptional(), IsString(), MaxLength(ACT_LENGTH));

/** The same at a step-up. */
export class OnwardResendForm extends ResendForm {
  @NamedAct()
  readonly act?: string;

  @WayBack()
  readonly returnTo?: string;
}

/** A step-up: the password, an answer, and the next address. */
export class ConfirmForm extends AnswerForm {
  @IsOptional()
  @IsString({ message: 'The password must be text.' })
  @MaxLength(PASSWORD_LENGTH, { message: 'This password is too long.' })
  readonly password?: string;

  @NamedAct()
  readonly act?: string;

  @WayBack()
  readonly returnTo?: string;
}

/** The answer to a passwordless challenge, and the next address. */
export class PasswordlessForm extends ProofForm {
  @WayBack()
  readonly returnTo?: string;
}

/** The start of a set-up. */
export class SetUpForm {
  /** The set-up whose page asks for another code. */
  @IsOptional()
  @IsString()
  @MaxLength(ID_LENGTH)
  readonly draft?: string;

  /** The factor that the new one replaces. */
  @IsOptional()
  @IsString()
  @MaxLength(ID_LENGTH)
  readonly replaces?: string;
}

/** The same for a signed-in person; a pending login has its own next address. */
export class OnwardSetUpForm extends SetUpForm {
  @WayBack()
  readonly returnTo?: string;
}

/** The proof of a set-up, and the new factor's name. */
export class EnrollForm extends ProofForm {
  /** The set-up that the page showed. */
  @IsOptional()
  @IsString()
  @MaxLength(ID_LENGTH)
  readonly draft?: string;

  @IsOptional()
  @IsString({ message: 'The name must be text.' })
  @MaxLength(LABEL_LENGTH, { message: 'A name has at most 64 characters.' })
  @Matches(PLAIN, { message: ({ value }) => unusableCharacterText(value) })
  readonly label?: string;
}

/** The same for a signed-in person. */
export class OnwardEnrollForm extends EnrollForm {
  @WayBack()
  readonly returnTo?: string;
}

/** “I have saved these codes”: the set that the page showed, and the next address. */
export class SavedForm {
  @IsOptional()
  @IsString()
  @MaxLength(ID_LENGTH)
  readonly set?: string;

  @WayBack()
  readonly returnTo?: string;
}

/** The answer to a caller check: which check, and a proof or "I am not on the phone with anybody". */
export class CallerForm extends AnswerForm {
  @IsOptional()
  @IsString()
  @MaxLength(ID_LENGTH)
  readonly check?: string;

  @IsOptional()
  @IsIn(['confirm', 'deny'], { message: 'The answer is confirm or deny.' })
  readonly answer?: string;
}

/** Another name for a factor. */
export class RenameForm {
  @IsString({ message: 'Give a name.' })
  @MaxLength(LABEL_LENGTH, { message: 'A name has at most 64 characters.' })
  @Matches(/\S/, { message: 'Give a name.' })
  @Matches(PLAIN, { message: ({ value }) => unusableCharacterText(value) })
  readonly label: string;
}

/** The proof in a form, without the fields that were not sent. */
export function proofOf({ code, response }: Proof): Proof {
  return { ...(code !== undefined && { code }), ...(response !== undefined && { response }) };
}
