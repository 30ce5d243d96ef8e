import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mailLimits } from '../../src/mail/transport/mail-limits.js';
import { type EmptyDatabase, emptyDatabase } from '../support/databases/databases.js';
import { freePort } from '../support/portal/free-port.js';
import { type Portal, portalOn } from '../support/portal/portal.js';
import { buildPortal, PortalProcess } from '../support/portal/portal-process.js';
import { SmtpServer } from '../support/network/smtp-server.js';
import { Visitor } from '../support/people/visitor.js';

/** Building and a real process take longer than other stories. Milliseconds. */
const patience = 120_000;

/** A mail server that takes calls and never says a word. */
class SilentServer {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly called: Promise<void>,
  ) {}

  static async on(port: number): Promise<SilentServer> {
    const server = createServer();
    const called = new Promise<void>((heard) => server.once('connection', () => heard()));
    const silent = new SilentServer(server, called);
    server.on('connection', (socket) => silent.sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
    return silent;
  }

  async leave(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }
}

describe('a portal killed between the commit and the delivery of a mail', () => {
  let folder: string;
  let empty: EmptyDatabase;
  let env: Record<string, string>;
  let office: SmtpServer;

  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'killed-'));
    empty = await emptyDatabase('sqlite', folder);
    office = await SmtpServer.open();
    await office.shut();
    env = {
      PORT: String(await freePort()),
      PORTAL_DATA: folder,
      DATABASE_URL: empty.url,
      DEMO_PASSWORD: 'correct horse battery',
      SMTP_URL: office.url,
    };
  });
  afterAll(async () => {
    await office.shut();
    await empty.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'loses none: the next one delivers it, once',
    async () => {
      await diesWhileDelivering();
      await office.reopen();
      const survivor = await portalOn(env);
      try {
        await takesOver(survivor);
        await takesOver(survivor);
      } finally {
        await survivor.close();
      }
      const mails = office.of('alice@example.com').map(({ mail }) => mail.subject);
      expect(mails).toEqual(['Your password was changed']);
    },
    patience,
  );

  /** Alice's password is changed and the mail of it on its way; then the node is gone. */
  async function diesWhileDelivering(): Promise<void> {
    const silent = await SilentServer.on(office.port);
    const node = await PortalProcess.start(env);
    try {
      const alice = new Visitor(`http://127.0.0.1:${env['PORT']}`);
      await alice.signsIn({ email: 'alice@example.com', password: 'correct horse battery' });
      await alice.goes('/account/password');
      await alice.submits({ password: 'correct horse battery' });
      await alice.submits({ newPassword: 'a much better password' });
      await silent.called;
    } finally {
      await node.kill();
      await silent.leave();
    }
  }

  /** This portal's clock is far enough ahead: every claim has run out. */
  async function takesOver(portal: Portal): Promise<void> {
    portal.clock.advance(mailLimits.claimMs);
    await portal.sweeps();
  }
});
