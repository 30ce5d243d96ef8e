/**
 * A text to search for, in one line. Invisible characters occur in no name and no address. Pasted text often contains them, and
 * PostgreSQL refuses some.
 */
export function searchText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '').trim().normalize('NFC');
}
