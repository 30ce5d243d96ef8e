import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../portal/free-port.js';
import { KeptConnection } from './kept-connection.js';

/** Debian installs it outside of the default path of users. */
const path = `${process.env['PATH'] ?? ''}:/usr/sbin`;

/** Empty where nginx can run; otherwise the reason, for the suite's name. */
export const noNginx =
  spawnSync('nginx', ['-v'], { env: { PATH: path } }).status === 0
    ? ''
    : ' (not run: nginx is not installed)';

/** The options of this nginx. */
export interface NginxChoices {
  /** Ports of the portal's nodes. */
  readonly nodes: readonly number[];
  /** The value of `X-Forwarded-For`, in nginx's language. */
  readonly forwards: string;
}

/** A real nginx in front of the portal, which keeps its connections to it. */
export class Nginx {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  static async start(choices: NginxChoices): Promise<Nginx> {
    const folder = await mkdtemp(join(tmpdir(), 'nginx-'));
    const port = await freePort();
    const file = join(folder, 'nginx.conf');
    await writeFile(file, configuration(port, folder, choices));
    const args = ['-e', join(folder, 'error.log'), '-p', folder, '-c', file];
    const child = spawn('nginx', args, { env: { PATH: path }, stdio: 'ignore' });
    const made = new Nginx(port, child, folder);
    await made.ready();
    return made;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    for (;;) {
      if (this.child.exitCode !== null) throw new Error(`nginx ended with ${this.child.exitCode}.`);
      const connection = await KeptConnection.to(this.port).catch(() => null);
      connection?.destroy();
      if (connection) return;
      await pause(20);
    }
  }
}

function configuration(port: number, folder: string, { nodes, forwards }: NginxChoices): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
    events { worker_connections 1024; }
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
      upstream portal {
        ${nodes.map((node) => `server 127.0.0.1:${node};`).join(' ')}
        keepalive 64;
      }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://portal;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header X-Forwarded-For "${forwards}";
        }
      }
    }`;
}
