import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Translator } from 'nestjs-two-factor';
import { LayoutContexts } from '../../pages/layout-contexts.js';
import { Messages } from '../../pages/texts/messages.js';

/** Adapter: the texts of the portal, which include the module's. */
@Injectable()
export class PortalTexts extends Translator {
  constructor(
    private readonly messages: Messages,
    private readonly layoutContexts: LayoutContexts,
  ) {
    super();
  }

  text(request: Request | null, key: string, values?: Readonly<Record<string, unknown>>): string {
    return this.messages.text(this.layoutContexts.localeOf(request), key, values);
  }

  override timeFormat(request: Request | null) {
    if (!request) return this.layoutContexts.plain();
    return {
      locale: this.layoutContexts.localeOf(request),
      timeZone: this.layoutContexts.timeZoneOf(request),
    };
  }
}
