import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpSmsSender, SmsNotSent, type HttpSmsSenderOptions } from './http-sms-sender.js';

const sms = { id: 'e1', to: '+491711234512', text: 'Your code: "1234 5678"\n', until: 600_000 };
const token = 'a-secret-token';

type VerificationResult = (response: ServerResponse, tries: number) => void;

/** A gateway that records its requests, and answers as the test says. */
class Gateway {
  readonly asked: { readonly headers: IncomingMessage['headers']; readonly body: unknown }[] = [];
  answer: VerificationResult = (response) => response.end('{}');
  private readonly server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => (text += String(piece)));
    request.on('end', () => {
      this.asked.push({ headers: request.headers, body: JSON.parse(text) });
      this.answer(response, this.asked.length);
    });
  });

  async opens(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  closes(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  sends(options: Partial<HttpSmsSenderOptions> = {}): Promise<void> {
    const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/messages`;
    return new HttpSmsSender({ ...{ url, token }, ...options }).send(sms);
  }
}

const status =
  (code: number, headers = {}): VerificationResult =>
  (response) =>
    response.writeHead(code, headers).end(`{"echo":"${sms.to}"}`);

describe('a gateway over HTTP', () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = new Gateway();
    await gateway.opens();
  });
  afterEach(() => gateway.closes());

  /** Returns the reason of a failure, which must not contain any part of the message. */
  async function failure(options?: Partial<HttpSmsSenderOptions>): Promise<string> {
    const error: unknown = await gateway.sends(options).catch((caught: unknown) => caught);
    if (!(error instanceof SmsNotSent)) throw new Error('It was sent.');
    const told = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
    for (const secret of [sms.to, sms.to.slice(1), '1234 5678', token]) expect(told).not.toContain(secret);
    return error.message;
  }

  it('gets the message, its token and the id of the message', async () => {
    await gateway.sends();
    expect(gateway.asked).toMatchObject([
      {
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': 'e1',
        },
        body: { to: sms.to, text: sms.text },
      },
    ]);
  });

  it('gets the body that the host describes, with quotes escaped', async () => {
    const body = {
      messages: [{ dest: '{{to}}', content: 'Hi. {{text}}', ref: '{{id}}', ttl: 600 }],
      flash: false,
    };
    await gateway.sends({ body });
    const [{ body: given } = { body: undefined }] = gateway.asked;
    const message = { dest: sms.to, content: `Hi. ${sms.text}`, ref: 'e1', ttl: 600 };
    expect(given).toEqual({ messages: [message], flash: false });
  });

  it.each([400, 401, 403, 404, 422, 500, 502, 504])('is not asked again after %i', async (code) => {
    gateway.answer = status(code);
    expect(await failure()).toBe(`The SMS gateway answered ${code}.`);
    expect(gateway.asked).toHaveLength(1);
  });

  it.each([429, 503])(
    'is asked once more with the same id after %i, which means that the message was not accepted',
    async (code) => {
      gateway.answer = (response, tries) =>
        tries === 1 ? status(code)(response, tries) : response.end('{}');
      await gateway.sends();
      expect(gateway.asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['e1', 'e1']);
      gateway.answer = status(code);
      expect(await failure()).toBe(`The SMS gateway answered ${code}.`);
      expect(gateway.asked).toHaveLength(4);
    },
  );

  it('is not asked again when it is silent or stops in the middle of its headers, and times out', async () => {
    gateway.answer = () => undefined;
    expect(await failure({ timeout: 100 })).toBe('The SMS gateway did not answer within 100 ms.');
    gateway.answer = (response) => response.socket?.write('HTTP/1.1 200 OK\r\nX-Slow:');
    expect(await failure({ timeout: 100 })).toBe('The SMS gateway did not answer within 100 ms.');
    expect(gateway.asked.length).toBeLessThanOrEqual(2);
  });

  it('is not asked again when it disconnects, because it may have accepted the message', async () => {
    gateway.answer = (response) => response.socket?.destroy();
    expect(await failure()).toMatch(/^The SMS gateway could not be reached \(\w+\)\.$/);
    expect(gateway.asked).toHaveLength(1);
  });

  it('cannot be reached, and the error says so', async () => {
    expect(await failure({ url: 'http://127.0.0.1:1/' })).toMatch(/could not be reached/);
  });

  it('cannot redirect the token to another address', async () => {
    const other = new Gateway();
    await other.opens();
    gateway.answer = status(307, { location: 'http://127.0.0.1:1/elsewhere' });
    expect(await failure()).toBe('The SMS gateway answered 307.');
    other.closes();
    expect(gateway.asked).toHaveLength(1);
  });

  it.each(['http://gateway.example/', 'ftp://gateway.example/', 'no address', ''])(
    'with the address %j would get the token unencrypted, and is refused at the start',
    (url) => {
      expect(() => new HttpSmsSender({ url, token })).toThrow(RangeError);
    },
  );
});
