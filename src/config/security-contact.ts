import { isEmail } from 'class-validator';
import { ConfigError } from './config-error.js';

/** Reads `SECURITY_CONTACT` as a URI (RFC 9116 §2.5.3); an e-mail address becomes one. @throws ConfigError */
export function securityContact(text: string | null): string | null {
  if (text === null) return null;
  if (isEmail(text)) return `mailto:${text}`;
  if (/^(https:\/\/|mailto:|tel:)[^\s]+$/.test(text) && URL.canParse(text)) return text;
  throw new ConfigError(
    'SECURITY_CONTACT must be an e-mail address, or an address with https:, mailto: or tel:.',
  );
}
