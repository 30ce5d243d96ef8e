import { SmsSender, type Sms } from './sms-sender.js';

/** The options of a gateway that accepts JSON by POST. */
export interface HttpSmsSenderOptions {
  /** The address of the gateway: https, or http on this machine alone. */
  readonly url: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly token: string;
  /**
   * The JSON body; `{{to}}`, `{{text}}` and `{{id}}` in its texts are filled in. Default: `{ to: '{{to}}', text:
   * '{{text}}' }`.
   */
  readonly body?: Readonly<Record<string, unknown>>;
  /** The time limit of one attempt, in ms. Default: 5000. */
  readonly timeout?: number;
  /**
   * The maximum number of attempts for a message. It is repeated only where the gateway certainly did not accept it: no
   * connection, 429 or 503. After a timeout or another failure it may have. Default: 2.
   */
  readonly tries?: number;
}

/** The message was not accepted. The error says why, and contains neither number, text nor token. */
export class SmsNotSent extends Error {
  override readonly name = 'SmsNotSent';

  constructor(
    reason: string,
    /** Whether the gateway certainly did not accept it. */
    readonly mayBeRepeated: boolean,
  ) {
    super(`The SMS gateway ${reason}.`);
  }
}

const notTaken: readonly number[] = [429, 503];
const noConnection: readonly unknown[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * Sends through a gateway that accepts JSON over HTTP. A redirect is refused, because the token is only for the
 * gateway.
 */
export class HttpSmsSender extends SmsSender {
  private readonly options: Required<HttpSmsSenderOptions>;

  /** @throws RangeError when the token must not be sent to the address. */
  constructor(options: HttpSmsSenderOptions) {
    super();
    const standard = { body: { to: '{{to}}', text: '{{text}}' }, timeout: 5000, tries: 2 };
    this.options = { ...standard, ...options };
    if (!isSafe(this.options.url))
      throw new RangeError('HttpSmsSender: the url must be https, or http on this machine.');
  }

  /** @throws SmsNotSent */
  async send(sms: Sms): Promise<void> {
    for (let left = this.options.tries; ; left -= 1) {
      const failure = await this.post(sms).catch((error: unknown) => this.failureOf(error));
      if (!failure) return;
      if (left <= 1 || !failure.mayBeRepeated) throw failure;
    }
  }

  private async post(sms: Sms): Promise<SmsNotSent | undefined> {
    const { url, token, body, timeout } = this.options;
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        // draft-ietf-httpapi-idempotency-key-header: a gateway that supports it sends one message for both attempts
        'idempotency-key': sms.id,
      },
      body: JSON.stringify(filled(body, sms)),
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    if (response.ok) return undefined;
    return new SmsNotSent(`answered ${response.status}`, notTaken.includes(response.status));
  }

  /** An error of `fetch` may contain the request, so only its code is passed on. */
  private failureOf(error: unknown): SmsNotSent {
    const { name, cause } = factsOf(error);
    if (name === 'TimeoutError')
      return new SmsNotSent(`did not answer within ${this.options.timeout} ms`, false);
    const found = factsOf(cause).code;
    const code = typeof found === 'string' ? found : 'unknown';
    return new SmsNotSent(`could not be reached (${code})`, noConnection.includes(code));
  }
}

/** Reads an unknown error: its name, cause and code, where it has them. */
function factsOf(error: unknown): {
  readonly name?: unknown;
  readonly cause?: unknown;
  readonly code?: unknown;
} {
  return typeof error === 'object' && error !== null ? error : {};
}

function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  );
}

/** Returns the template with the parts of the message filled in. */
function filled(template: unknown, sms: Sms): unknown {
  if (typeof template === 'string')
    return template.replaceAll(/\{\{(to|text|id)\}\}/g, (_whole, name: 'to' | 'text' | 'id') => sms[name]);
  if (Array.isArray(template)) return template.map((part) => filled(part, sms));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, filled(part, sms)]));
}
