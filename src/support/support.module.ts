import { Module } from '@nestjs/common';
import { AnswerNotification } from './answer-notification.js';
import { TicketAssignments } from './ticket-assignments.js';
import { TicketAnswers } from './ticket-answers.js';
import { TicketQueue } from './ticket-queue.js';
import { TicketEvents } from './ticket-events.js';
import { TicketsController } from './tickets.controller.js';
import { Tickets } from './tickets.service.js';

/** Tickets: customers ask and staff answer. */
@Module({
  controllers: [TicketsController],
  providers: [AnswerNotification, TicketAnswers, TicketAssignments, TicketQueue, TicketEvents, Tickets],
  exports: [TicketAnswers, TicketAssignments, TicketQueue, Tickets],
})
export class SupportModule {}
