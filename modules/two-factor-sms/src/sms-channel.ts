import { CodeChannel, DamagedFactor, type Account, type CodeMessage } from 'nestjs-two-factor';
import { maskedNumber } from './phone-number.js';
import type { SmsSender } from './sms-sender.js';
import type { SmsText } from './sms-text.js';

/** Sends codes by SMS to the number of a factor. */
export class SmsChannel extends CodeChannel {
  readonly name = 'sms';
  readonly readableBy: readonly string[] = ['phone'];
  /** Every account can name any number, so the messages to a number are limited over all accounts. */
  readonly isShared = true;

  constructor(
    private readonly sender: SmsSender,
    private readonly text: SmsText,
    private readonly issuer: string,
  ) {
    super();
  }

  /**
   * Checks only the outer form, so that a newer version of the number plans does not void a working factor.
   * @throws DamagedFactor when the data has no number.
   */
  destination(_account: Account, { number }: Readonly<Record<string, unknown>>): string {
    if (typeof number === 'string' && /^\+[1-9]\d{6,14}$/.test(number)) return number;
    throw new DamagedFactor('The number of a factor by SMS is damaged.');
  }

  masked(number: string): string {
    return maskedNumber(number);
  }

  async send(account: Account, to: string, { id, model, until }: CodeMessage): Promise<void> {
    const facts = { code: String(model['code']), minutes: Number(model['minutes']) };
    const text = await this.text({ ...facts, accountId: account.id, issuer: this.issuer });
    await this.sender.send({ id, to, text, until });
  }
}
