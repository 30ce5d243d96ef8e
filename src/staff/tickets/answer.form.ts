import { IsIn, IsOptional, IsString, Matches } from 'class-validator';

/** The form on a ticket's page for staff: an answer, closing the ticket, or both. Null is treated like a missing field. */
export class AnswerForm {
  /** It may be empty if the ticket is closed. Unpaired surrogates and NUL are refused, because databases refuse them. */
  @IsOptional()
  @IsString({ message: 'tickets.body-needed' })
  @Matches(/^[^\0\p{Cs}]*$/u, { message: 'tickets.body-needed' })
  body?: string | null;

  @IsOptional()
  @IsIn(['on', 'true'], { message: 'problem.todo.INVALID_INPUT' })
  close?: string | null;
}
