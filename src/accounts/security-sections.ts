import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Audit } from '../audit/audit.service.js';
import { SessionList } from '../auth/session-list.js';
import { Frames } from '../pages/frames.js';
import { Messages } from '../pages/messages.js';
import { Pages } from '../pages/pages.js';
import { currentAccount } from './current-account.js';

/** How many of the latest events the history shows. */
const latest = 20;

/** A part of the Security page: already rendered, already escaped. */
export interface SecuritySection {
  readonly title: string;
  readonly html: string;
}

/** What the portal itself knows about an account's security, as sections of a module's Security page. */
@Injectable()
export class SecuritySections {
  constructor(
    private readonly sessions: SessionList,
    private readonly audit: Audit,
    private readonly pages: Pages,
    private readonly messages: Messages,
    private readonly frames: Frames,
  ) {}

  /** Sessions and history of whoever is signed in. @throws PortalProblem NOT_SIGNED_IN */
  async of(request: Request): Promise<SecuritySection[]> {
    const account = currentAccount(request);
    const locale = this.frames.localeOf(request);
    const section = (
      name: string,
      view: string,
      model: Readonly<Record<string, unknown>>,
    ): SecuritySection => ({
      title: this.messages.text(locale, `${name}.title`),
      html: this.pages.part(request, view, model),
    });
    return [
      section('sessions', 'accounts/sessions-section', await this.sessions.of(request, account)),
      section('history', 'audit/history-section', {
        entries: await this.audit.ofAccount(account.id, latest),
      }),
    ];
  }
}
