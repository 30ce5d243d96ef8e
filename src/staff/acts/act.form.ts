import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** One line with something to read. Control characters and unpaired surrogates would reach audit exports and databases. */
const readable = /^[^\p{Cc}\p{Cs}]*[^\s\p{C}][^\p{Cc}\p{Cs}]*$/u;

/** The form of every act of staff on a client. An act with further fields extends it; those are texts too. */
export class ActForm {
  /** Why; kept with the event. */
  @IsString({ message: 'staff-acts.reason-needed' })
  @MaxLength(500, { message: 'staff-acts.reason-long' })
  @Matches(readable, { message: 'staff-acts.reason-needed' })
  reason: string;

  /** The number or the id of a ticket of this client. Null and empty: none. */
  @IsOptional()
  @IsString({ message: 'staff-acts.ticket-unknown' })
  @MaxLength(64, { message: 'staff-acts.ticket-unknown' })
  ticket?: string | null;
}

/** The fields of the form besides reason and ticket. */
export function parametersOf(form: ActForm): Record<string, string> {
  const { reason: _, ticket: __, ...rest } = form as ActForm & Readonly<Record<string, unknown>>;
  const texts = Object.entries(rest).filter(
    (field): field is [string, string] => typeof field[1] === 'string',
  );
  return Object.fromEntries(texts);
}
