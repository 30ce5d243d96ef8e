import { isEmail } from 'class-validator';
import { ConfigError } from './config-error.js';

/** The provider's mail server. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** `smtps:` uses TLS from the first byte; otherwise STARTTLS is used. */
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

/** The sender of all mails. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

/** Ports of message submission: RFC 6409 for STARTTLS, RFC 8314 §3.3 for TLS from the first byte. */
const ports = { 'smtp:': 587, 'smtps:': 465 } as const;

/**
 * Reads `SMTP_URL`. Only these parts are allowed: library options in the query could log passwords or accept any certificate.
 * @throws ConfigError with a sentence that contains no part of the URL, since it may contain a password.
 */
export function smtpServer(text: string): SmtpServer {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !isSmtp(url.protocol) || !url.hostname || hasMore(url)) throw refused();
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || ports[url.protocol],
    secure: url.protocol === 'smtps:',
    auth: credentials(url),
  };
}

/** Reads `MAIL_FROM`: `Name <address>`, or an address alone. @throws ConfigError */
export function sender(text: string): Sender {
  const [, name = '', address = text] = /^(.*?)\s*<([^<>]*)>$/.exec(text) ?? [];
  if (!isEmail(address))
    throw new ConfigError('MAIL_FROM must be an e-mail address, or a name with one: Name <address>.');
  return { name: name.replace(/^"(.*)"$/, '$1'), address };
}

/** Returns whether there is more than server, port and credentials. Port 0 is not valid. */
function hasMore({ search, hash, pathname, port }: URL): boolean {
  return `${search}${hash}` !== '' || pathname.length > 1 || port === '0';
}

function isSmtp(protocol: string): protocol is keyof typeof ports {
  return protocol in ports;
}

function credentials({ username, password }: URL): SmtpServer['auth'] {
  if (!username && !password) return null;
  if (!username || !password) throw refused();
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  } catch {
    throw refused();
  }
}

function refused(): ConfigError {
  return new ConfigError('SMTP_URL must look like smtp://user:password@host:587 or smtps://….');
}
