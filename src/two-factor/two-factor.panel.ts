import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor, twoFactorEvents } from 'nestjs-two-factor';
import { Audit } from '../audit/audit.service.js';
import { factorOf } from '../audit/history-lines.js';
import { Pages } from '../pages/pages.js';
import type { PanelView, StaffPanel } from '../portal/modules/portal-module.js';
import { toIsoDates } from '../portal/to-iso-dates.js';
import { gateId } from './gate-id.js';

/** Number of events in the panel. */
const latest = 5;

/** The two-factor state of a client, for staff. It is read-only and shows no secret. */
@Injectable()
export class TwoFactorPanel implements StaffPanel {
  readonly title = 'security.two-factor';

  constructor(
    private readonly twoFactor: TwoFactor,
    private readonly audit: Audit,
    private readonly pages: Pages,
  ) {}

  async show(request: Request, accountId: string): Promise<PanelView> {
    const status = await this.twoFactor.status(accountId);
    const entries = await this.audit.listOf(accountId, latest, Object.keys(twoFactorEvents));
    const events = entries.map((entry) => ({ ...factorOf(entry), name: entry.name, at: entry.at }));
    return {
      html: this.pages.part(request, `modules/${gateId}/staff/panel`, { ...status, events }),
      json: {
        ...status.left,
        enabled: status.enabled,
        damaged: status.damaged,
        factors: status.factors.map(toIsoDates),
        events: events.map((event) => ({ ...event, at: new Date(event.at).toISOString() })),
      },
    };
  }
}
