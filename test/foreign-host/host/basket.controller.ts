import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Members } from './marks.js';

/** The part of a session that this host uses itself. */
type BasketSession = Request['session'] & { basket?: string[] };

/** The basket, which this host stores in the session itself. */
@Members()
@Controller('basket')
export class BasketController {
  @Post(':item')
  put(@Req() { session }: { session: BasketSession }, @Param('item') item: string) {
    session.basket = [...(session.basket ?? []), item];
    return { basket: session.basket };
  }

  @Get()
  show(@Req() { session }: { session: BasketSession }) {
    return { basket: session.basket ?? [] };
  }
}
