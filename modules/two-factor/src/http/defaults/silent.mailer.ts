import { Injectable, Logger } from '@nestjs/common';
import type { Account } from '../../core/common/account.js';
import { Mailer, type Notice } from '../../core/contracts/ports/mailer.js';

/** For hosts without a mailer: logs once that owners get no mails. */
@Injectable()
export class SilentMailer extends Mailer {
  private readonly logger = new Logger('nestjs-two-factor');
  private said = false;

  send(_to: Account, _notice: Notice): Promise<void> {
    if (!this.said) this.logger.warn('No mailer: owners are not told when their two-factor changes.');
    this.said = true;
    return Promise.resolve();
  }
}
