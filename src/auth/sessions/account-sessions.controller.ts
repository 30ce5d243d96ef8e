import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ApiTokens } from '../../api-tokens/rows/api-tokens.js';
import { Pages } from '../../pages/pages.js';
import { readNothing } from '../../portal/forms/form.js';
import { redirect } from '../../portal/http/redirect.js';
import { flashFromQuery } from '../../portal/http/flash.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { type CurrentSession, currentSession } from './current-session.js';
import { SignedIn } from '../common/access.decorators.js';
import { SessionEnding } from './session-ending.js';
import { SessionList } from './session-list.js';

/** The confirmations that the list can show. */
const flashes = ['ended', 'all-ended', 'password-changed', 'email-changed'] as const;

/** Shows the owner their sessions, and lets them end unknown ones. */
@Controller('account/sessions')
@SignedIn()
export class AccountSessionsController {
  constructor(
    private readonly pages: Pages,
    private readonly list: SessionList,
    private readonly ending: SessionEnding,
    private readonly tokens: ApiTokens,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const listed = await this.list.load(request, mine(request).account);
    const done = flashFromQuery(request, flashes);
    const model = { ...listed, done, tokens: await this.tokensAfter(request, done) };
    const json = { sessions: listed.sessions.map(dated) };
    await this.pages.answer(request, response, { view: 'accounts/sessions', model, json });
  }

  /** `all`: every session except this one. Another account's session gets the same answer as an unknown one. */
  @Post(':id/end')
  @HttpCode(200)
  async end(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    const current = mine(request);
    readNothing(request.body);
    if (id === 'all') await this.ending.others(request, current);
    else if (!isRowId(id) || !(await this.ending.one(request, current.account, id)))
      throw new PortalProblem('NOT_FOUND', 'There is no such session.');
    redirect(request, response, `/account/sessions?done=${id === 'all' ? 'all-ended' : 'ended'}`, {
      status: 'ended',
    });
  }

  /** API tokens outlive a changed password, so the page says how many there are. */
  private async tokensAfter(request: Request, done: (typeof flashes)[number] | null): Promise<number> {
    const isChange = done === 'password-changed' || done === 'email-changed';
    return isChange ? this.tokens.count(mine(request).account.id) : 0;
  }
}

function mine(request: Request): CurrentSession {
  const current = currentSession(request);
  if (!current) throw new PortalProblem('NOT_SIGNED_IN', 'Please sign in.');
  return current;
}

function isRowId(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function dated<T extends { createdAt: number; lastSeenAt: number }>(session: T): Record<string, unknown> {
  const { createdAt, lastSeenAt } = session;
  return {
    ...session,
    createdAt: new Date(createdAt).toISOString(),
    lastSeenAt: new Date(lastSeenAt).toISOString(),
  };
}
