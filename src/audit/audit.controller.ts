import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../auth/common/access.decorators.js';
import { LayoutContexts } from '../pages/layout-contexts.js';
import { Pages } from '../pages/pages.js';
import { wantsJson } from '../portal/http/wants-json.js';
import { placeText, readAuditFilter } from './audit-filter.js';
import { AuditList } from './audit-list.js';
import { AuditListPage } from './audit-list.page.js';

/** The audit log, for administrators. */
@Controller('staff/audit')
@Staff('admin')
export class AuditController {
  constructor(
    private readonly list: AuditList,
    private readonly page: AuditListPage,
    private readonly pages: Pages,
    private readonly layoutContexts: LayoutContexts,
  ) {}

  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const filter = readAuditFilter(query, this.page.again);
    // Programs do not see the reader's times, so their days are in UTC.
    const timeZone = wantsJson(request) ? 'UTC' : this.layoutContexts.timeZoneOf(request);
    const page = await this.list.page(filter, timeZone);
    await this.pages.answer(request, response, {
      ...this.page.render(page, filter),
      json: {
        entries: page.entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
        next: page.next && placeText(page.next),
      },
    });
  }
}
