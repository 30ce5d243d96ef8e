import { connect, createServer, type Server, type Socket } from 'node:net';

/** What does not come through while both ends keep their sockets open. */
export type Silence = 'everything' | 'answers';

/** The wire between the portal and its database, which can be cut, and can fall silent. */
export class DatabaseProxy {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private losesAnswers = false;
  private silence: Silence | undefined;
  /** Sockets that carry nothing any more, whatever becomes of the others. */
  private readonly dead = new WeakSet<Socket>();
  /** What waits for the end of the silence, in its order. */
  private readonly pending: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** A cable to this host and port. */
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

  /** A cable to the server of this database, and the database's address by way of it. */
  static async under(databaseUrl: string): Promise<{ databaseProxy: DatabaseProxy; url: string }> {
    const url = new URL(databaseUrl);
    const databaseProxy = await DatabaseProxy.to(url.hostname, Number(url.port));
    url.port = String(databaseProxy.port);
    url.hostname = '127.0.0.1';
    return { databaseProxy, url: url.href };
  }

  /** Every connection breaks, and no new one comes about. */
  cut(): void {
    this.isCut = true;
    this.breaks();
  }

  /** It is cut as soon as the host answers anything: what was asked for is done there, and nobody learns of it. */
  cutAtAnswer(): void {
    this.losesAnswers = true;
  }

  /** Nothing comes through any more, and no socket closes: what is sent waits, and so does the end of a connection. */
  fallsSilent(silence: Silence = 'everything'): void {
    this.silence = silence;
  }

  /** Every connection breaks, and new ones are accepted without an answer, as by a host that takes over too early. */
  answersNoNewConnection(): void {
    this.breaks();
    this.fallsSilent();
  }

  /** The connections there are carry nothing any more, for good; new ones are as good as ever. As when another host takes over. */
  losesTheOld(): void {
    for (const socket of this.sockets) this.dead.add(socket);
  }

  /** It carries again. What waited goes on, late. */
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

  /** Takes what `from` says to `to`, its end too. */
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
