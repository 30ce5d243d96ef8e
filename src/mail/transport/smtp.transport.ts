import { createTransport, type Transporter } from 'nodemailer';
import type { Config } from '../../config.js';
import type { SmtpServer } from '../../config/mail-settings.js';
import { errorMessage } from '../../error-facts.js';
import { mailLimits } from './mail-limits.js';
import { MailRejectedError, MailTransport, type MailJob } from './mail-transport.js';
import { messageOf } from './message.js';

/** Timeouts for the mail server, in milliseconds. They allow time for filters after the final dot of a message. */
const patience = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 30_000,
  socketTimeout: 60_000,
};

/** Sends mails to the provider's mail server, over a few open connections. */
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

  async deliver(job: MailJob): Promise<void> {
    const signal = AbortSignal.timeout(mailLimits.deliveryMs);
    try {
      await this.pool.sendMail({ ...messageOf(job, this.config), signal });
    } catch (error) {
      throw isForGood(error) ? new MailRejectedError(errorMessage(error), { cause: error }) : error;
    }
  }

  /** Builds the message. The mail server gets nothing, since it would deliver or bounce the mail. */
  async rehearse(job: MailJob): Promise<void> {
    await this.composer.sendMail(messageOf(job, this.config));
  }

  close(): void {
    this.composer.close();
    this.pool.close({ force: true });
  }
}

/** Certificates are always verified; `name` is the host name in EHLO. Logging is off, because it would include AUTH. */
export function poolOptions({ host, port, secure, auth }: SmtpServer, name: string) {
  return {
    ...patience,
    ...{ pool: true, maxConnections: mailLimits.atOnce, maxRequeues: 1 },
    ...{ host, port, secure, name, logger: false, debug: false },
    // A local connection cannot be intercepted, and local certificates rarely match the name.
    ignoreTLS: isOwnMachine(host),
    // A password is never sent unencrypted. Without a password, TLS is used if it is offered (RFC 7435).
    requireTLS: auth !== null && !isOwnMachine(host),
    ...(auth ? { auth } : {}),
  } as const;
}

function isOwnMachine(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}

/** Only replies about this mail count. The operator must fix a refused sign-in or sender, and until then every mail waits. */
function isForGood(error: unknown): boolean {
  const { responseCode = 0, command = '' } = (error ?? {}) as { responseCode?: number; command?: string };
  return responseCode >= 500 && responseCode < 600 && ['RCPT TO', 'DATA'].includes(command);
}
