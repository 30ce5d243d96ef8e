import { applyDecorators } from '@nestjs/common';
import { IsString, Length, Matches, ValidateBy } from 'class-validator';
import { acceptableEmail, normalEmail } from '../../accounts/account.js';
import { acceptablePassword } from '../../accounts/passwords.js';

const needed = { message: 'login.email-needed' };
const length = { message: 'password.length' };
const noAddress = { message: 'email.not-one' };
const isAddress = (value: unknown) =>
  typeof value === 'string' && !/[\p{Cc}\p{Cs}]/u.test(value) && acceptableEmail(normalEmail(value));
const isAcceptable = (value: unknown) => typeof value === 'string' && acceptablePassword(value);

/** An e-mail address as somebody typed it: whose it is, if anybody's, is not said here. */
export const TypedEmail = (): PropertyDecorator =>
  applyDecorators(
    IsString(needed),
    Length(1, 254, needed),
    // Control characters and half characters are in no address, and some databases refuse them.
    Matches(/^[^\p{Cc}\p{Cs}]*$/u, needed),
  );

/** An address that somebody wants to have: one, whose mail can reach them, and nothing hidden in it or around it. */
export const AcceptableEmail = (): PropertyDecorator =>
  applyDecorators(
    IsString(noAddress),
    ValidateBy({ name: 'address', validator: { validate: isAddress } }, noAddress),
  );

/** A password that somebody wants to have. */
export const AcceptablePassword = (): PropertyDecorator =>
  applyDecorators(
    IsString(length),
    ValidateBy({ name: 'acceptable', validator: { validate: isAcceptable } }, length),
  );
