import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PageRenderer, Translator, type Section } from 'nestjs-two-factor';
import { History } from '../../audit/history.js';
import { currentSession } from '../../auth/sessions/current-session.js';
import { SessionList } from '../../auth/sessions/session-list.js';
import { portalEvents } from '../../events/catalogue.js';
import { isForStaff } from '../../events/staff-events.js';
import { Pages } from '../../pages/pages.js';
import { InstalledModules } from '../../portal/modules/modules.js';
import { twoFactorEventNames } from '../event-names.js';
import { gateId } from '../gate-id.js';

/** Number of events in the history section. */
const historyLength = 10;

/**
 * The portal's events of the history section. Tickets are left out, because they would hide security events; requests for
 * approval and notes are for staff.
 */
const ownEvents = Object.keys(portalEvents).filter(
  (name) => !name.startsWith('ticket.') && !isForStaff(name),
);

/** Adapter: the module's views in the portal's layout, and the portal's own sections of the Security page. */
@Injectable()
export class PortalRenderer extends PageRenderer {
  constructor(
    private readonly pages: Pages,
    private readonly sessionList: SessionList,
    private readonly history: History,
    private readonly texts: Translator,
    private readonly modules: InstalledModules,
  ) {
    super();
  }

  render(request: Request, view: string, model: Readonly<Record<string, unknown>>): Promise<string> {
    return this.pages.render(request, `modules/${gateId}/${view}`, model);
  }

  async sections(request: Request): Promise<readonly Section[]> {
    const account = currentSession(request)?.account;
    if (!account) return [];
    const sessions = await this.sessionList.load(request, account);
    const events = [...twoFactorEventNames(this.modules), ...ownEvents];
    const entries = await this.history.ofOwner(account.id, historyLength, events);
    return [
      this.section(request, 'sessions.title', 'accounts/sessions-section', { ...sessions }),
      this.section(request, 'history.title', 'audit/history-section', { entries }),
    ];
  }

  private section(
    request: Request,
    title: string,
    view: string,
    model: Readonly<Record<string, unknown>>,
  ): Section {
    return { title: this.texts.text(request, title), html: this.pages.part(request, view, model) };
  }
}
