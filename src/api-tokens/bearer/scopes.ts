/** What a token may do. Each route that tokens reach names one of these. */
export const tokenScopes = ['services:read', 'invoices:read', 'tickets:write', 'domains:write'] as const;

export type TokenScopeName = (typeof tokenScopes)[number];

/** The known scopes of a list that is separated by blanks (RFC 6749 §3.3), as a row contains it. */
export function scopesOf(list: string): TokenScopeName[] {
  const given = list.split(' ');
  return tokenScopes.filter((scope) => given.includes(scope));
}
