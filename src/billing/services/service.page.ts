import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { LayoutContexts } from '../../pages/layout-contexts.js';
import { Pages } from '../../pages/pages.js';
import { ActBrakes, untilText } from '../../portal/fresh/act-brakes.js';
import { flashFromQuery } from '../../portal/http/flash.js';
import { sizeText } from '../figures.js';
import type { Service, Usage } from './service.js';

/** The model of a service page; `json` holds the same data for programs. */
interface Shown {
  readonly service: Service;
  /** In clear text, only in the one answer that shows it. */
  readonly eppCode?: string | null;
  readonly json: Readonly<Record<string, unknown>>;
}

/** The changes of a domain that the page confirms. */
const flashes = ['locked', 'unlocked', 'nameservers'] as const;

/** The share of a limit above which a bar warns. */
const nearlyFull = 0.8;

/** The page of a hosting plan or a domain. */
@Injectable()
export class ServicePage {
  constructor(
    private readonly pages: Pages,
    private readonly layoutContexts: LayoutContexts,
    private readonly brakes: ActBrakes,
  ) {}

  async answer(request: Request, response: Response, { service, eppCode, json }: Shown): Promise<void> {
    const bars = barsOf(service, this.layoutContexts.localeOf(request));
    const isHosting = service.kind === 'hosting';
    const wait = isHosting ? null : await this.brakes.shown(currentAccount(request).id);
    const done = flashFromQuery(request, flashes);
    await this.pages.answer(request, response, {
      view: 'billing/service',
      model: { service, isHosting, bars, eppCode, wait, done },
      json: { ...(wait && { possibleFrom: untilText(wait) }), ...json },
    });
  }
}

function barsOf(service: Service, locale: string) {
  if (service.kind === 'domain') return [];
  return [barOf('disk', service.disk, locale), barOf('traffic', service.traffic, locale)];
}

/** `used` and `limit` are texts, the rest is for the bar. A usage without limit has no bar. */
function barOf(name: string, { usedMb, limitMb }: Usage, locale: string) {
  const used = sizeText(usedMb, locale);
  if (limitMb === null) return { name, used };
  return { name, used, limit: sizeText(limitMb, locale), usedMb, limitMb, highMb: limitMb * nearlyFull };
}
