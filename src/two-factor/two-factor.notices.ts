import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { TwoFactor } from 'nestjs-two-factor';
import { Pages } from '../pages/pages.js';
import type { AccountNotices, PanelView } from '../portal/modules/portal-module.js';
import { gateId } from './gate-id.js';

const casePage = '/account/recovery';

/** What two-factor tells a signed-in person: an open case of the recovery desk, and "Does it still work?". */
@Injectable()
export class TwoFactorNotices implements AccountNotices {
  constructor(
    private readonly twoFactor: TwoFactor,
    private readonly pages: Pages,
  ) {}

  async banners(request: Request, accountId: string): Promise<readonly string[]> {
    const found = await this.twoFactor.recovery.ofAccount({ accountId });
    // The page of the case says the same.
    if (!found || request.path === casePage) return [];
    const model = { openedAt: found.openedAt, waitsUntil: found.waitsUntil, href: casePage };
    return [this.pages.part(request, `modules/${gateId}/desk/case-banner`, model)];
  }

  async homeCards(request: Request, accountId: string): Promise<readonly PanelView[]> {
    const { factors } = await this.twoFactor.checkUp.read({ accountId });
    const asked = factors.filter(({ isAsked }) => isAsked);
    if (asked.length === 0) return [];
    const kinds = [...new Set(asked.map(({ kind }) => kind))];
    const failed = asked.filter(({ state }) => state === 'failed').map(({ kind }) => kind);
    const checkUp = { kinds, failed, href: '/account/check-up', later: '/account/check-up/later' };
    const html = this.pages.part(request, `modules/${gateId}/check-up/card`, { checkUp });
    return [{ html, json: { checkUp: { kinds, failed } } }];
  }
}
