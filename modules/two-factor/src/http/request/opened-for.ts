import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { Account } from '../../core/common/account.js';
import { Problem } from '../../core/common/errors.js';
import { maskedEmail } from '../../core/common/masked-email.js';
import { Translator } from '../../core/contracts/ports/translator.js';

/** The field of our forms that says for which account their page was opened. */
const FIELD = 'openedFor';

/** The value of the field: a hash, so that pages do not contain the host's ids. It is no secret. */
export function openedFor({ id }: Account): string {
  return createHash('sha256').update(`opened-for:${id}`).digest('base64url').slice(0, 22);
}

/** Refuses the form of a page that was opened for another account, in another tab of the same browser. */
@Injectable()
export class OpenedFor {
  constructor(private readonly translator: Translator) {}

  /**
   * Takes the field out of the body, where the request has it.
   * @throws Problem CONFLICT when it names another account. The text says who is signed in, or signing in, now.
   */
  check(request: Request, account: Account, state: 'signed-in' | 'pending'): void {
    const body: unknown = request.body;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
    const { [FIELD]: given, ...fields } = body as Record<string, unknown>;
    if (given === undefined) return;
    request.body = fields;
    if (given === openedFor(account)) return;
    const [key, shown] =
      state === 'signed-in'
        ? ['account.another', account.email]
        : ['account.another-pending', maskedEmail(account.email)];
    throw new Problem('CONFLICT', this.translator.text(request, key, { account: shown }));
  }
}
