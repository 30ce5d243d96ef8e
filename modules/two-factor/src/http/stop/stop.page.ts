import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { maskedEmail } from '../../core/common/masked-email.js';
import { AccountDirectory } from '../../core/contracts/ports/account-directory.js';
import { Translator } from '../../core/contracts/ports/translator.js';
import type { StopLink } from '../../core/contracts/stores/lock-down.store.js';
import type { Stopped } from '../../core/lock-down/owner-stops.js';
import type { Reply } from '../response/reply.js';
import { Routes } from '../response/routes.js';

/** The answers of the page behind a stop link. */
@Injectable()
export class StopPage {
  constructor(
    private readonly accounts: AccountDirectory,
    private readonly translator: Translator,
    private readonly routes: Routes,
  ) {}

  /** What the mail told of, and what the button will do. */
  async question(request: Request, token: string, link: StopLink): Promise<Reply> {
    const { eventName, facts, expiresAt } = link;
    const { at, label, added = [], undo } = facts;
    const account = await this.masked(link.accountId);
    const takesBack = added.length > 0 || undo !== undefined;
    const model = { account, event: this.nameOf(request, eventName), at, label, takesBack };
    return {
      page: { view: 'stop/ask', model: { ...model, action: this.routes.stop(token) } },
      json: {
        event: eventName,
        ...{ at: new Date(at).toISOString(), account, takesBack },
        expiresAt: new Date(expiresAt).toISOString(),
      },
    };
  }

  /** What the button did. */
  async done({ accountId, undone, mailed }: Stopped): Promise<Reply> {
    const account = await this.masked(accountId);
    return {
      page: { view: 'stop/done', model: { account, undone, mailed, login: this.routes.login() } },
      json: { status: 'locked-down', undone, mailed },
    };
  }

  /** Why a link does not work, and what to do. Unknown and expired ones look the same. */
  gone(request: Request, problem: Problem): Reply {
    const { code, extra } = problem;
    const used = extra['reason'] === 'used';
    const text = this.translator.text(request, used ? 'stop.gone.used' : 'stop.gone.unknown');
    return {
      page: { view: 'stop/gone', model: { message: text, login: this.routes.login() } },
      json: new Problem(code, text, extra),
    };
  }

  /** Events of a host may have no text. */
  private nameOf(request: Request, event: string): string | null {
    try {
      return this.translator.text(request, `event.${event}`);
    } catch {
      return null;
    }
  }

  private async masked(accountId: string): Promise<string> {
    const account = await this.accounts.find(accountId);
    return account ? maskedEmail(account.email) : '';
  }
}
