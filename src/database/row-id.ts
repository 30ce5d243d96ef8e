/** Can this be the id of a row? What cannot is asked of no database: PostgreSQL refuses a NUL in a text. */
export function isRowId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
