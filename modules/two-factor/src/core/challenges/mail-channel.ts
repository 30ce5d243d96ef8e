import type { Account } from '../common/account.js';
import { maskedEmail } from '../common/masked-email.js';
import { CodeChannel, type CodeMessage } from '../contracts/ports/code-channel.js';
import type { Mailer } from '../contracts/ports/mailer.js';
import type { StopLinks } from '../stop-links/stop-links.js';

/** Sends codes with the host's mailer to the address of the account. */
export class MailChannel extends CodeChannel {
  readonly name = 'mail';
  readonly readableBy: readonly string[] = ['mail'];
  /** The address belongs to one account, so the limits of the account are enough. */
  readonly isShared = false;
  override readonly unsent = 'The code could not be mailed. Try again in a minute, or use another way.';

  /** `fault`: the reason why the host cannot send mail. `stopLinks`: for a link “This wasn’t me” in each mail. */
  constructor(
    private readonly mailer: Mailer,
    override readonly fault?: string,
    private readonly stopLinks?: StopLinks,
  ) {
    super();
  }

  destination({ email }: Account): string {
    return email;
  }

  masked(email: string): string {
    return maskedEmail(email);
  }

  async send(account: Account, _destination: string, message: CodeMessage): Promise<void> {
    const stop = await this.stopLink(account, message);
    const model = typeof stop === 'string' ? { ...message.model, stop } : message.model;
    await this.mailer.send(account, { ...message, model });
  }

  private stopLink(
    { id: accountId, email: to }: Account,
    { id, model }: CodeMessage,
  ): Promise<string | null> | undefined {
    const event = { id, name: 'two-factor.challenge.sent' };
    return this.stopLinks?.issue({ accountId, to, event, facts: { at: Number(model['at']) } });
  }
}
