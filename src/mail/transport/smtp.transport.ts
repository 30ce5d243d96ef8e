import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../../config.js';
import type { SmtpServer } from '../../config/mail-settings.js';
import { errorMessage } from '../../error-facts.js';
import { mailLimits } from './mail-limits.js';
import { MailRefused, MailTransport, type Parcel } from './mail-transport.js';
import { messageOf } from './message.js';

/** How long the mail server may take, in milliseconds: patience for the filters behind the last dot of a message. */
const patience = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 30_000,
  socketTimeout: 60_000,
};

/** Gives letters to the provider's mail server, over a few connections that stay open. */
export class SmtpTransport extends MailTransport {
  private readonly pool: Transporter;
  private readonly composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly config: Config,
    server: SmtpServer,
  ) {
    super();
    this.pool = createTransport(poolOptions(server, new URL(config.publicUrl).hostname));
  }

  async deliver(parcel: Parcel): Promise<void> {
    const signal = AbortSignal.timeout(mailLimits.deliveryMs);
    try {
      await this.pool.sendMail({ ...messageOf(parcel, this.config), signal });
    } catch (error) {
      throw isForGood(error) ? new MailRefused(errorMessage(error), { cause: error }) : error;
    }
  }

  /** Writes the message down; the mail server hears nothing of it, since it would deliver or bounce it. */
  async rehearse(parcel: Parcel): Promise<void> {
    await this.composer.sendMail(messageOf(parcel, this.config));
  }

  close(): void {
    this.composer.close();
    this.pool.close({ force: true });
  }
}

/** Certificates are always checked; `name` is what we call ourselves in EHLO. Nothing is logged: AUTH would be, too. */
export function poolOptions({ host, port, secure, auth }: SmtpServer, name: string) {
  return {
    ...patience,
    ...{ pool: true, maxConnections: mailLimits.atOnce, maxRequeues: 1 },
    ...{ host, port, secure, name, logger: false, debug: false },
    // On this machine there is nobody to hide from, and its certificates are rarely in its own name.
    ignoreTLS: isOwnMachine(host),
    // A password goes over no open wire; without one TLS is taken where it is offered (RFC 7435).
    requireTLS: auth !== null && !isOwnMachine(host),
    ...(auth ? { auth } : {}),
  } as const;
}

function isOwnMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}

/** Only what is said of this letter: a refused sign-in or sender is the operator's to mend, and every letter waits for it. */
function isForGood(error: unknown): boolean {
  const { responseCode = 0, command = '' } = (error ?? {}) as { responseCode?: number; command?: string };
  return responseCode >= 500 && responseCode < 600 && ['RCPT TO', 'DATA'].includes(command);
}
