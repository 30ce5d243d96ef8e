/** Whether this can be the id of a row. Other text is not sent to a database: PostgreSQL refuses a NUL in a text. */
export function isRowId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
