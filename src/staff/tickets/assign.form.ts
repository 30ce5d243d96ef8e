import { IsOptional, IsString, Matches } from 'class-validator';

/** The form that says who takes care of a ticket. */
export class AssignForm {
  /** The account id of a staff member; empty, null and left out: nobody. */
  @IsOptional()
  @IsString({ message: 'tickets.assignee-unknown' })
  @Matches(/^[\w-]{0,64}$/, { message: 'tickets.assignee-unknown' })
  assignee?: string | null;
}
