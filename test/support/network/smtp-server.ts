import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it was received. */
export interface Arrived {
  /** The recipients of the envelope; the header may contain any text. */
  readonly recipients: readonly string[];
  readonly mail: Email;
  readonly source: string;
}

/** The answer of the mail server that refuses a mail. */
interface Refusal {
  readonly code: number;
  readonly words: string;
}

/** A real mail server in this process, which can be closed and can refuse mails. It always keeps its port. */
export class SmtpServer {
  readonly arrived: Arrived[] = [];
  /** The number of attempts to send a mail. */
  tries = 0;
  refusesRecipient: Refusal | null = null;
  refusesLetter: Refusal | null = null;
  port = 0;
  private server: SMTPServer | undefined;

  private constructor(private readonly options: SMTPServerOptions) {}

  /** Open from the start; with `secure` it uses TLS with a self-signed certificate. */
  static async open(options: SMTPServerOptions = {}): Promise<SmtpServer> {
    const office = new SmtpServer(options);
    await office.reopen();
    return office;
  }

  get url(): string {
    return `${this.options.secure ? 'smtps' : 'smtp'}://127.0.0.1:${this.port}`;
  }

  async reopen(): Promise<void> {
    const server = new SMTPServer({ ...this.standard(), ...this.options });
    // Some stories contain a client that disconnects in the middle.
    server.on('error', () => undefined);
    await new Promise<void>((ready) => server.listen(this.port, '127.0.0.1', ready));
    const address = server.server.address();
    if (typeof address === 'object' && address) this.port = address.port;
    this.server = server;
  }

  private standard(): SMTPServerOptions {
    return {
      authOptional: true,
      logger: false,
      closeTimeout: 100,
      onRcptTo: (_address, _session, done) => {
        this.tries += 1;
        done(this.refusesRecipient && refusal(this.refusesRecipient));
      },
      onData: (stream, session, done) => {
        void text(stream).then(async (source) => {
          if (this.refusesLetter) return done(refusal(this.refusesLetter));
          const recipients = session.envelope.rcptTo.map(({ address }) => address);
          this.arrived.push({ recipients, source, mail: await PostalMime.parse(source) });
          done();
        });
      },
    };
  }

  /** Accepts no connection from now on. */
  async shut(): Promise<void> {
    await new Promise<void>((done) => (this.server ? this.server.close(done) : done()));
    this.server = undefined;
  }

  /** The mails to this address. */
  of(email: string): readonly Arrived[] {
    return this.arrived.filter(({ recipients }) => recipients.includes(email));
  }
}

function refusal({ code, words }: Refusal): Error {
  return Object.assign(new Error(words), { responseCode: code });
}

async function text(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString();
}
