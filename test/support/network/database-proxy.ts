import { connect, createServer, type Server, type Socket } from 'node:net';

/** The direction that is blocked while both ends keep their sockets open. */
export type Silence = 'everything' | 'answers';

/** The connection between the portal and its database, which can be cut, and can fall silent. */
export class DatabaseProxy {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private losesAnswers = false;
  private silence: Silence | undefined;
  /** Sockets that stay silent, whatever happens to the others. */
  private readonly dead = new WeakSet<Socket>();
  /** The data that waits for the end of the silence, in order. */
  private readonly pending: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** A proxy to this host and port. */
  static async to(host: string, port: number): Promise<DatabaseProxy> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    const databaseProxy = new DatabaseProxy(
      server,
      typeof address === 'object' && address ? address.port : 0,
    );
    server.on('connection', (socket) =>
      databaseProxy.join(socket, connect({ port, host, allowHalfOpen: true })),
    );
    return databaseProxy;
  }

  /** A proxy to the server of this database, and the database's address through it. */
  static async under(databaseUrl: string): Promise<{ databaseProxy: DatabaseProxy; url: string }> {
    const url = new URL(databaseUrl);
    const databaseProxy = await DatabaseProxy.to(url.hostname, Number(url.port));
    url.port = String(databaseProxy.port);
    url.hostname = '127.0.0.1';
    return { databaseProxy, url: url.href };
  }

  /** Breaks every connection, and accepts no new one. */
  cut(): void {
    this.isCut = true;
    this.breaks();
  }

  /** Cuts at the next answer of the host: the statement is executed, and its answer is lost. */
  cutAtAnswer(): void {
    this.losesAnswers = true;
  }

  /** Blocks all data, and closes no socket: sent data waits, and so does the end of a connection. */
  fallsSilent(silence: Silence = 'everything'): void {
    this.silence = silence;
  }

  /** Breaks every connection, and accepts new ones without an answer, like a host that takes over too early. */
  answersNoNewConnection(): void {
    this.breaks();
    this.fallsSilent();
  }

  /** Silences the existing connections for good; new ones work, as when another host takes over. */
  losesTheOld(): void {
    for (const socket of this.sockets) this.dead.add(socket);
  }

  /** Works again. Waiting data is sent, late. */
  mend(): void {
    this.isCut = false;
    this.losesAnswers = false;
    this.silence = undefined;
    for (const go of this.pending.splice(0)) go();
  }

  async remove(): Promise<void> {
    this.mend();
    this.cut();
    await new Promise((done) => this.server.close(done));
  }

  private breaks(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private join(near: Socket, far: Socket): void {
    this.carry(near, far, 'question');
    this.carry(far, near, 'answer');
    if (this.isCut) near.destroy();
  }

  /** Forwards the data of `from` to `to`, and its end. */
  private carry(from: Socket, to: Socket, what: 'question' | 'answer'): void {
    const pass = (go: () => void) => {
      if (this.isSilentFor(what)) this.pending.push(go);
      else if (!this.dead.has(from)) go();
    };
    this.sockets.add(from);
    from.on('data', (bytes) => {
      if (what === 'answer' && this.losesAnswers) this.cut();
      else pass(() => to.write(bytes));
    });
    from.on('end', () => pass(() => to.end()));
    from.on('error', () => undefined);
    from.on('close', () => {
      this.sockets.delete(from);
      if (this.isCut) to.destroy();
      else pass(() => to.destroy());
    });
  }

  private isSilentFor(what: 'question' | 'answer'): boolean {
    return this.silence === 'everything' || (this.silence === 'answers' && what === 'answer');
  }
}
