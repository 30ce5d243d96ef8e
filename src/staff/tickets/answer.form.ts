import { IsIn, IsOptional, IsString, Matches } from 'class-validator';

/** What staff send from a ticket's page: an answer, the wish to close it, or both. Null is like a field left out. */
export class AnswerForm {
  /** May be empty where the ticket is closed. No half characters and no NUL, which databases refuse. */
  @IsOptional()
  @IsString({ message: 'tickets.body-needed' })
  @Matches(/^[^\0\p{Cs}]*$/u, { message: 'tickets.body-needed' })
  body?: string | null;

  @IsOptional()
  @IsIn(['on', 'true'], { message: 'problem.todo.INVALID_INPUT' })
  close?: string | null;
}
