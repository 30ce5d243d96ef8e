import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { SignedIn } from '../../auth/common/access.decorators.js';
import { Clock } from '../../clock.js';
import { Pages } from '../../pages/pages.js';
import { readForm, readNothing, refusedForm } from '../../portal/forms/form.js';
import { Braked } from '../../portal/fresh/braked.decorator.js';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { flashFromQuery } from '../../portal/http/flash.js';
import { redirect } from '../../portal/http/redirect.js';
import { PortalProblem } from '../../portal/problems/problem.js';
import { ApiTokens, type MadeToken } from '../rows/api-tokens.js';
import { daysIn, nameTaken, NewTokenForm, scopesIn, usualDays } from './token.form.js';
import { listed, tokenJson, TokensPage } from './tokens.page.js';

/** The owner's page of API tokens. */
@Controller('account/tokens')
@SignedIn()
export class TokensController {
  constructor(
    private readonly tokens: ApiTokens,
    private readonly page: TokensPage,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const account = currentAccount(request);
    const shown = await this.page.show(account, flashFromQuery(request, ['revoked']));
    await this.pages.answer(request, response, shown);
  }

  /** Makes a token, and shows it in this answer alone: only its hash is stored. */
  @Post()
  @HttpCode(200)
  @Fresh(10, { act: 'token.create', title: 'act.token' })
  @Braked('token.create')
  async create(@Req() request: Request, @Res() response: Response): Promise<void> {
    const account = currentAccount(request);
    const { token, value } = await this.made(request);
    const json = { token: { ...tokenJson(listed(token, account, this.clock.now())), value } };
    await this.pages.answer(request, response, {
      ...(await this.page.show(account, null, { token, value })),
      json,
    });
  }

  /** Another account's token gets the same answer as an unknown one. */
  @Post(':id/revoke')
  @HttpCode(200)
  async revoke(@Req() request: Request, @Res() response: Response, @Param('id') id: string): Promise<void> {
    readNothing(request.body);
    if (!(await this.tokens.revoke(request, currentAccount(request), id)))
      throw new PortalProblem('NOT_FOUND', 'There is no such token.');
    redirect(request, response, '/account/tokens?done=revoked', { status: 'revoked' });
  }

  private async made(request: Request): Promise<MadeToken> {
    const account = currentAccount(request);
    const again = await this.page.again(account);
    const { name, scopes, expiresInDays } = readForm(NewTokenForm, request.body, again);
    const days = daysIn(expiresInDays) ?? usualDays;
    const made = await this.tokens.create(request, account, {
      name: name.trim(),
      scopes: scopesIn(scopes),
      days,
    });
    if (typeof made === 'object') return made;
    if (made === 'name-taken') throw refusedForm([nameTaken], again, request.body as Record<string, unknown>);
    if (made === 'too-many')
      throw refusedForm(
        [{ field: '', key: 'tokens.too-many' }],
        again,
        request.body as Record<string, unknown>,
      );
    throw new PortalProblem('CONFLICT', 'The account has changed. Open the page again.');
  }
}
