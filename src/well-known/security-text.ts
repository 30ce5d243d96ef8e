/** Researchers ask again after this time: RFC 9116 §2.5.5 recommends less than a year. */
const VALID_FOR = 180 * 86_400_000;

/** The text of `security.txt`; lines end with CRLF or LF (RFC 9116 §2.2). */
export function securityText(contact: string, publicUrl: string, now: number): string {
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${new Date(now + VALID_FOR).toISOString()}`,
    'Preferred-Languages: en, de',
    `Canonical: ${publicUrl}/.well-known/security.txt`,
  ];
  return `${lines.join('\n')}\n`;
}
