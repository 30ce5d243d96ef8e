import { Injectable } from '@nestjs/common';
import type { Account } from '../../accounts/account.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import type { LinkStatus } from '../mailed-links/link-token.js';
import { EmailLinks } from './email-links.js';

const view = 'accounts/email-refused';

/** The refusals of a link, each with its page. */
@Injectable()
export class EmailRefusals {
  constructor(private readonly links: EmailLinks) {}

  /** The link is not valid, or no longer valid. */
  async gone(token: string): Promise<PortalProblem> {
    const reason = await this.links.status(token);
    const page = { view, model: { reason: `email.${reason}` } };
    return new PortalProblem('NOT_FOUND', sentences[reason], { reason }, page);
  }

  /** The reader of this page can read the mail of that address, so the reason may be shown. */
  taken(): PortalProblem {
    const message = 'This address belongs to another account by now. Nothing was changed.';
    return new PortalProblem('CONFLICT', message, {}, { view, model: { reason: 'email.taken' } });
  }

  /** Does not reveal the owner of the link. */
  foreign({ email }: Account): PortalProblem {
    const message = 'This link is for another account than the one you are signed in to. Sign out first.';
    return new PortalProblem('CONFLICT', message, {}, { view, model: { viewer: email } });
  }
}

const sentences: Readonly<Record<LinkStatus, string>> = {
  used: 'This link was used already.',
  old: 'This link is older than 30 minutes. Ask for a new one.',
  unknown:
    'This link does not work: it was cut short, replaced by a newer one, or the account was changed since. Ask for a new one.',
};
