import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** An answer as it was received. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A connection that stays open between requests, like that of a proxy. It sends only the given data. */
export class KeptConnection {
  private received = '';
  private ended = false;
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (piece: string) => {
      this.received += piece;
      this.wake();
    });
    socket
      .on('error', () => undefined)
      .on('close', () => {
        this.ended = true;
        this.wake();
      });
  }

  /** @param from the local address; all of 127.0.0.0/8 are possible. */
  static async to(port: number, from = '127.0.0.1'): Promise<KeptConnection> {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    await once(socket, 'connect');
    return new KeptConnection(socket);
  }

  get isOpen(): boolean {
    return !this.ended;
  }

  write(text: string): void {
    this.socket.write(text);
  }

  /** Sends a whole request, and returns its answer. */
  async asks(method: string, path: string, body = ''): Promise<Answer> {
    this.write(requestOf(method, path, body));
    return this.answer();
  }

  /** Returns the next answer; fails where the connection ends without one. */
  async answer(): Promise<Answer> {
    for (;;) {
      const answer = this.whole();
      if (answer) return answer;
      if (this.ended) throw new Error(`Lost: the connection ended with ${this.received.length} bytes.`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  /** Resolves when the other side has closed it. */
  async closed(): Promise<void> {
    if (!this.ended) await once(this.socket, 'close');
  }

  destroy(): void {
    this.socket.destroy();
  }

  private whole(): Answer | null {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const [first = '', ...lines] = this.received.slice(0, end).split('\r\n');
    const headers = new Map(lines.map((line) => headerOf(line)));
    const length = Number(headers.get('content-length') ?? 0);
    const from = end + 4;
    if (this.received.length < from + length) return null;
    const body = this.received.slice(from, from + length);
    this.received = this.received.slice(from + length);
    return { status: Number(first.split(' ')[1]), headers, body };
  }
}

/** A request in its form on the wire. */
export function requestOf(method: string, path: string, body: string): string {
  const head = [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Accept: application/json'];
  if (body !== '') head.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
