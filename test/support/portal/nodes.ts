import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../people/accounts.js';
import { type DatabaseKind, emptyDatabase } from '../databases/databases.js';
import { freePort } from './free-port.js';
import { portalOn } from './portal.js';
import { PortalProcess } from './portal-process.js';
import { Visitor } from '../people/visitor.js';

/** A node, and how to start it again. */
interface Running {
  readonly start: () => Promise<PortalProcess>;
  process: PortalProcess;
}

/** The built portal in several processes on one database. SQLite has one, since a file serves one node. */
export class Nodes {
  private turn = 0;

  private constructor(
    readonly people: readonly Person[],
    private readonly running: readonly Running[],
    private readonly urls: readonly string[],
    private readonly clearUp: () => Promise<void>,
  ) {}

  /**
   * Starts the nodes with this number of accounts without a session. The nodes reach the database by the address that
   * `by` returns.
   */
  static async start(kind: DatabaseKind, accounts: number, by = asItIs): Promise<Nodes> {
    const folder = await mkdtemp(join(tmpdir(), 'nodes-'));
    const { url, drop } = await emptyDatabase(kind, folder);
    const env = {
      PORTAL_DATA: folder,
      DATABASE_URL: await by(url),
      TRUST_PROXY: '1',
      PASSWORD_HASH: 'm=256,t=1,p=1',
      BACKUP_CODE_HASH: 'N=1024',
    };
    const people = await made(accounts, { ...env, PORT: String(await freePort()) });
    const ports = await Promise.all(Array.from({ length: kind === 'sqlite' ? 1 : 2 }, freePort));
    const urls = ports.map((port) => `http://127.0.0.1:${port}`);
    const starts = ports.map((port) => () => {
      return PortalProcess.start({ ...env, PUBLIC_URL: originOf(urls[0]), PORT: String(port) });
    });
    const running: Running[] = [];
    for (const start of starts) running.push({ start, process: await start() });
    return new Nodes(people, running, urls, async () => {
      await drop();
      await rm(folder, { recursive: true, force: true });
    });
  }

  /** The site's origin, the same for each node, as behind one proxy. */
  get origin(): string {
    return originOf(this.urls[0]);
  }

  get count(): number {
    return this.urls.length;
  }

  /** A person with a browser and an address of their own, at the nodes in turn. */
  visitor(): Visitor {
    this.turn += 1;
    return new Visitor(this.urls[this.turn % this.urls.length] ?? '');
  }

  /** The same browser at each node in turn, this number of times. */
  everywhere(visitor: Visitor, times: number): Visitor[] {
    return Array.from({ length: times }, () => {
      const twin = this.visitor();
      visitor.cookies.copyTo(twin.cookies);
      return twin;
    });
  }

  /** Kills every process as a power cut would, and starts it again. */
  async killed(): Promise<void> {
    await Promise.all(this.running.map((each) => each.process.kill()));
    for (const each of this.running) each.process = await each.start();
  }

  async stop(): Promise<void> {
    for (const each of this.running) await each.process.stop();
    await this.clearUp();
  }
}

const asItIs = (url: string): Promise<string> => Promise.resolve(url);

/** Passkeys are made for a host name, never for an IP address. */
function originOf(url = ''): string {
  return url.replace('127.0.0.1', 'localhost');
}

async function made(count: number, env: Readonly<Record<string, string>>): Promise<Person[]> {
  const site = await portalOn(env);
  const people: Person[] = [];
  for (let made = 0; made < count; made += 1) people.push(await site.account(`Ann${made}`));
  await site.close();
  return people;
}
