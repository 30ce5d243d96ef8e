import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/billing.module.js';
import { SupportModule } from '../support/support.module.js';
import { Answering } from './answering.js';
import { ClientBrief } from './client-brief.js';
import { ClientList } from './client-list.js';
import { ClientPage } from './client-page.js';
import { ClientsController } from './clients.controller.js';
import { Clients } from './clients.service.js';
import { DeskList } from './desk-list.js';
import { DeskController } from './desk.controller.js';
import { LandingController } from './landing.controller.js';
import { StaffActs } from './staff-acts.js';

/** The staff area: clients, and the desk where tickets are answered. Modules put their panels into it. */
@Module({
  imports: [BillingModule, SupportModule],
  controllers: [LandingController, ClientsController, DeskController],
  providers: [Answering, ClientBrief, ClientList, ClientPage, Clients, DeskList, StaffActs],
})
export class StaffModule {}
