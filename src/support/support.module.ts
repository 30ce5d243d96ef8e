import { Module } from '@nestjs/common';
import { AnswerNotice } from './answer-notice.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketsController } from './tickets.controller.js';
import { Tickets } from './tickets.service.js';

/** Where customers ask and staff answer. */
@Module({
  controllers: [TicketsController],
  providers: [AnswerNotice, TicketDesk, Tickets],
  exports: [TicketDesk, Tickets],
})
export class SupportModule {}
