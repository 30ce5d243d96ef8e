/** Can this be the id of a service or an invoice? What cannot is asked of no database: PostgreSQL refuses a NUL in a text. */
export function isBillingId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
