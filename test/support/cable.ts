import { connect, createServer, type Server, type Socket } from 'node:net';

/** The wire between the portal and its database, which can be cut. */
export class Cable {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private losesAnswers = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** A cable to this host and port. */
  static async to(host: string, port: number): Promise<Cable> {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    const cable = new Cable(server, typeof address === 'object' && address ? address.port : 0);
    server.on('connection', (socket) => cable.join(socket, connect(port, host)));
    return cable;
  }

  /** Every connection breaks, and no new one comes about. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /** It is cut as soon as the host answers anything: what was asked for is done there, and nobody learns of it. */
  cutAtAnswer(): void {
    this.losesAnswers = true;
  }

  mend(): void {
    this.isCut = false;
    this.losesAnswers = false;
  }

  async remove(): Promise<void> {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }

  private join(near: Socket, far: Socket): void {
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (answer) => (this.losesAnswers ? this.cut() : near.write(answer)));
    far.on('end', () => near.end());
    if (this.isCut) near.destroy();
  }
}
