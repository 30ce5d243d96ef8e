import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Staff } from '../auth/marks.js';
import { Pages } from '../pages/pages.js';
import { type AuditFilter, placeText, readAuditFilter } from './audit-filter.js';
import { AuditList, type AuditPage, type ListedEntry } from './audit-list.js';

/** The audit, for administrators. */
@Controller('staff/audit')
@Staff('admin')
export class AuditController {
  constructor(
    private readonly list: AuditList,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const filter = readAuditFilter(query);
    const page = await this.list.page(filter);
    await this.pages.answer(request, response, {
      view: 'audit/list',
      model: shown(page, filter),
      json: {
        entries: page.entries.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() })),
        next: page.next && placeText(page.next),
      },
    });
  }
}

function shown({ entries, next }: AuditPage, { after: _, ...filter }: AuditFilter): Record<string, unknown> {
  return {
    entries: entries.map((entry) => ({ ...entry, details: detailsOf(entry) })),
    filter,
    filtered: Object.keys(filter).length > 0,
    after: next && placeText(next),
  };
}

function detailsOf({ data }: ListedEntry): { name: string; value: string }[] {
  return Object.entries(data).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}
