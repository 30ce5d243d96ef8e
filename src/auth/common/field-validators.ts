import { applyDecorators } from '@nestjs/common';
import { IsString, Length, Matches, ValidateBy } from 'class-validator';
import { acceptableEmail, normalEmail } from '../../accounts/account.js';
import { acceptablePassword } from '../../accounts/passwords/passwords.js';

const needed = { message: 'login.email-needed' };
const length = { message: 'password.length' };
const noAddress = { message: 'email.not-one' };
const isAddress = (value: unknown) =>
  typeof value === 'string' && !/[\p{Cc}\p{Cs}]/u.test(value) && acceptableEmail(normalEmail(value));
const isAcceptable = (value: unknown) => typeof value === 'string' && acceptablePassword(value);

/** A typed e-mail address. This check does not reveal whether an account has it. */
export const TypedEmail = (): PropertyDecorator =>
  applyDecorators(
    IsString(needed),
    Length(1, 254, needed),
    // No address contains control characters or unpaired surrogates, and some databases refuse them.
    Matches(/^[^\p{Cc}\p{Cs}]*$/u, needed),
  );

/** A new e-mail address: exactly one, deliverable, with nothing hidden in it or around it. */
export const AcceptableEmail = (): PropertyDecorator =>
  applyDecorators(
    IsString(noAddress),
    ValidateBy({ name: 'address', validator: { validate: isAddress } }, noAddress),
  );

/** A new password. */
export const AcceptablePassword = (): PropertyDecorator =>
  applyDecorators(
    IsString(length),
    ValidateBy({ name: 'acceptable', validator: { validate: isAcceptable } }, length),
  );
