import { Module } from '@nestjs/common';
import { AnswerNotice } from './answer-notice.js';
import { TicketAnswers } from './ticket-answers.js';
import { TicketDesk } from './ticket-desk.js';
import { TicketEvents } from './ticket-events.js';
import { TicketsController } from './tickets.controller.js';
import { Tickets } from './tickets.service.js';

/** Tickets: customers ask and staff answer. */
@Module({
  controllers: [TicketsController],
  providers: [AnswerNotice, TicketAnswers, TicketDesk, TicketEvents, Tickets],
  exports: [TicketAnswers, TicketDesk, Tickets],
})
export class SupportModule {}
