import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor } from 'nestjs-two-factor';
import { currentAccount } from '../../accounts/current-account.js';
import { Pages } from '../../pages/pages.js';
import type { PanelView, StaffPanel } from '../../portal/modules/portal-module.js';
import { gateId } from '../gate-id.js';

/** Who is calling? The words for the agent who asked, and the customer's answer for all staff. */
@Injectable()
export class CallerPanel implements StaffPanel {
  readonly title = 'staff-caller.title';

  constructor(
    private readonly twoFactor: TwoFactor,
    private readonly pages: Pages,
  ) {}

  async show(request: Request, accountId: string): Promise<PanelView> {
    const agentId = currentAccount(request).id;
    const checks = (await this.twoFactor.callerCheck.list({ accountId })).map(({ words, ...check }) => {
      const own = check.agentId === agentId;
      const waits = own && check.state === 'open';
      // Another agent must not read out these words.
      const marks = {
        verified: check.state === 'verified',
        denied: check.state === 'denied',
        open: check.state === 'open',
      };
      return { ...check, ...marks, own, waits, words: waits ? words.split(' ') : [] };
    });
    const start = `/staff/clients/${accountId}/verify-caller`;
    const waits = checks.some((check) => check.waits);
    return {
      html: this.pages.part(request, `modules/${gateId}/staff/caller`, { checks, start, waits }),
      json: {
        callers: checks.map(({ agent, own, words, state, by, strong, startedAt, until }) => ({
          ...{ agent, own, words, state, by, strong },
          startedAt: new Date(startedAt).toISOString(),
          until: new Date(until).toISOString(),
        })),
      },
    };
  }
}
