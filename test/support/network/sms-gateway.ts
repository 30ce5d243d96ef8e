import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A gateway for messages to phones: it accepts JSON over HTTP, and stores the messages. */
export class SmsGateway {
  readonly taken: { readonly to: string; readonly text: string }[] = [];
  /** The status of its answers. */
  status = 200;
  private readonly server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => (text += String(piece)));
    request.on('end', () => {
      if (this.status === 200) this.taken.push(JSON.parse(text) as { to: string; text: string });
      response.writeHead(this.status).end();
    });
  });

  static async opens(): Promise<SmsGateway> {
    const gateway = new SmsGateway();
    await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/messages`;
  }

  /** The code in the newest message to this number; empty where there is none. */
  codeTo(number: string): string {
    const newest = this.taken.filter(({ to }) => to === number).at(-1);
    return /\d{4} \d{4}/.exec(newest?.text ?? '')?.[0] ?? '';
  }

  closes(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
