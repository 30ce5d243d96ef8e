import { Agent, request } from 'node:http';

/** A request as it is sent, without additions, refusals or repairs by a library. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** The part of the answer that shows whether the server still works. */
export interface RawAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly cookies: readonly string[];
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Sends it. Header values are bytes, one for each character (Latin-1). */
export function rawRequest(site: string, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(site);
    const options = { agent, hostname, port, method, path, headers, setHost: !('Host' in headers) };
    const asking = request(options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const { statusCode: status = 0, headers: told } = answer;
        const text = Buffer.concat(chunks).toString();
        resolve({ status, location: told.location, cookies: told['set-cookie'] ?? [], text });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}
