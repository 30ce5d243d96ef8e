import { Matches } from 'class-validator';
import type { FieldError, FormPage } from '../../portal/forms/form.js';

/** What the gateway gave the browser for a card. */
export class PaymentMethodForm {
  @Matches(/^[\w-]{1,100}$/, { message: 'payment.needed' })
  token: string;
}

/** The gateway does not know the token. */
export const unknownToken: readonly FieldError[] = [{ field: 'token', key: 'payment.unknown' }];

/** The page with the form again. The token is not shown: it is for one use. */
export const paymentPage =
  (model: Readonly<Record<string, unknown>>): FormPage =>
  (errors) => ({ view: 'billing/payment-method', model: { ...model, errors } });
