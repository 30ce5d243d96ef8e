import { toIsoDates } from '../../portal/to-iso-dates.js';
import type { Note } from './notes.service.js';

/** A note for programs, with its time as text (RFC 3339). */
export function noteJson({ authorName: author, ...note }: Note): Record<string, unknown> {
  return { ...toIsoDates(note), author };
}
