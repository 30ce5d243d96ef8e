import { Controller, Get, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { DoorGuard } from './door.guard.js';
import { Members } from './marks.js';
import type { User } from './user.entity.js';

/** A page behind the password. */
@Members()
@UseGuards(DoorGuard)
@Controller()
export class MembersController {
  @Get()
  home(@Req() request: Request): string {
    return `<h1>Home of ${(request.user as User).name}</h1>`;
  }

  @Get('invoices')
  invoices(@Req() request: Request): string {
    return `<h1>Invoices of ${(request.user as User).name}</h1>`;
  }
}
