import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/billing.module.js';
import { SupportModule } from '../support/support.module.js';
import { TicketReplies } from './tickets/ticket-replies.js';
import { ClientBrief } from './clients/client-brief.js';
import { ClientList } from './clients/client-list.js';
import { ClientPage } from './clients/client-page.js';
import { ClientsController } from './clients/clients.controller.js';
import { Clients } from './clients/clients.service.js';
import { Assignees } from './tickets/assignees.js';
import { TicketDesk } from './tickets/ticket-desk.js';
import { TicketDeskController } from './tickets/ticket-desk.controller.js';
import { TicketInside } from './tickets/ticket-inside.js';
import { TicketQueueList } from './tickets/ticket-queue-list.js';
import { TicketQueueController } from './tickets/ticket-queue.controller.js';
import { LandingController } from './landing.controller.js';
import { StaffActsModule } from './acts/staff-acts.module.js';
import { ClientOwners } from './clients/search/client-owners.js';
import { ClientCall } from './clients/client-call.js';
import { OfferedActsReader } from './clients/offered-acts.js';
import { NotesModule } from './notes/notes.module.js';
import { ClientActsModule } from './client-acts/client-acts.module.js';

/** The staff area: clients, and the ticket queue. Modules add their panels to it. */
@Module({
  imports: [BillingModule, SupportModule, StaffActsModule, ClientActsModule, NotesModule],
  controllers: [LandingController, ClientsController, TicketQueueController, TicketDeskController],
  providers: [
    Assignees,
    TicketDesk,
    TicketInside,
    TicketReplies,
    ClientBrief,
    ClientCall,
    ClientOwners,
    OfferedActsReader,
    ClientList,
    ClientPage,
    Clients,
    TicketQueueList,
  ],
})
export class StaffModule {}
