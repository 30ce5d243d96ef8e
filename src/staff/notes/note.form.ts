import { IsString, Matches, MaxLength } from 'class-validator';

/** The longest note, in characters. */
export const longestNote = 5000;

/** A note of staff for staff. */
export class NoteForm {
  /** At least one visible character. Unpaired surrogates and NUL are refused, because databases refuse them. */
  @IsString({ message: 'notes.body-needed' })
  @MaxLength(longestNote, { message: 'notes.body-long' })
  @Matches(/^[^\0\p{Cs}]*[^\s\0\p{Cs}][^\0\p{Cs}]*$/u, { message: 'notes.body-needed' })
  note: string;
}
