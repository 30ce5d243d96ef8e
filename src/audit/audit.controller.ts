import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../auth/common/access.decorators.js';
import { Pages } from '../pages/pages.js';
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
  ) {}

  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const filter = readAuditFilter(query, this.page.again);
    const page = await this.list.page(filter);
    await this.pages.answer(request, response, {
      ...this.page.render(page, filter),
      json: {
        entries: page.entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
        next: page.next && placeText(page.next),
      },
    });
  }
}
