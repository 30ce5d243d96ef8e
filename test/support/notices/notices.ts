import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailLimits } from '../../../src/mail/transport/mail-limits.js';
import { projectRoot } from '../../../src/pages/common/project-root.js';
import { installedModules } from '../../../src/portal/modules/installed-modules.js';
import type { Owner } from '../people/owner.js';
import { type Portal, portal } from '../portal/portal.js';
import { type Arrived, SmtpServer } from '../network/smtp-server.js';
import { firefox, type JsonAnswer, type Visitor } from '../people/visitor.js';

/** Not where the portal is asked: links must not lead where a request came in. */
export const publicUrl = 'http://portal.example';

/** A portal whose mails go to a real mail server. */
export class NoticeScene {
  private constructor(
    readonly house: Portal,
    readonly office: SmtpServer,
  ) {}

  static async open(): Promise<NoticeScene> {
    const office = await SmtpServer.open();
    return new NoticeScene(await portal({ env: NoticeScene.mailsBy(office) }), office);
  }

  private static mailsBy({ url }: SmtpServer) {
    return { SMTP_URL: url, PUBLIC_URL: publicUrl, MAILED_CODES: 'on' };
  }

  /** What another process beside this portal is started with. */
  get env() {
    return NoticeScene.mailsBy(this.office);
  }

  async close(): Promise<void> {
    await this.house.close();
    await this.office.shut();
  }

  /** All that came while this happened, and when every claim and wait had run out after it. */
  async lettersOf(happens: () => Promise<unknown>): Promise<readonly Arrived[]> {
    await this.house.settled();
    const before = this.office.arrived.length;
    await happens();
    await this.house.settled();
    for (let times = 0; times < 2; times++) {
      this.house.clock.advance(mailLimits.longestWaitMs);
      await this.house.sweeps();
    }
    return this.office.arrived.slice(before);
  }

  /** The path of the newest link below this one that was mailed to this address. */
  async link(email: string, below: string): Promise<string> {
    await this.house.settled();
    const link = new RegExp(`${publicUrl}(${below}/[\\w-]{43})`);
    const found = link.exec(this.office.of(email).at(-1)?.mail.text ?? '')?.[1];
    if (found === undefined) throw new Error(`No link came to ${email}.`);
    return found;
  }
}

/** Does something as a browser, and is not refused. */
export async function does(visitor: Visitor, path: string, body: unknown = {}): Promise<JsonAnswer> {
  const answer = await visitor.asks('POST', path, body, { 'User-Agent': firefox });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

/** Confirms that it is them; the phone shows another code then. */
export async function isFresh(house: Portal, { person, visitor, app }: Owner): Promise<void> {
  await does(visitor, '/account/confirm', { password: person.password, kind: 'totp', code: app.code() });
  house.clock.passesSeconds(30);
}

/** What must not stand in any mail to this owner. */
export function secretsOf({ person, app, codes, visitor }: Owner): string[] {
  const cookies = visitor.cookies.header.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1));
  return [person.password, app.secret, ...codes, ...cookies.filter(({ length }) => length > 15)];
}

/** The whole letter, as people and as programs read it. */
export function wholeOf({ mail: { subject, text, html }, source }: Arrived): string {
  return [subject, text, html, source.replace(/=\r?\n/g, '')].join('\n');
}

/** Where the links of a letter lead that do not lead to the portal. */
export function strayLinksOf({ mail: { text = '', html = '' } }: Arrived): string[] {
  const links = [...`${text}\n${html}`.matchAll(/(?:href|src)="([^"]*)"|\w+:\/\/[^\s"<]+/g)];
  return links.map(([all, linked]) => linked ?? all).filter((link) => !link.startsWith(`${publicUrl}/`));
}

/** The views of all mails, the portal's and its modules': the templates that have a subject. */
export function mailViews(): string[] {
  const places: [string, string][] = [
    ['', join(projectRoot(), 'templates')],
    ...installedModules.map(({ id, templates }): [string, string] => [`modules/${id}/`, templates]),
  ];
  return places.flatMap(([place, folder]) =>
    readdirSync(join(folder, 'mail'))
      .filter((file) => readFileSync(join(folder, 'mail', file), 'utf8').includes('{{page title='))
      .map((file) => `${place}mail/${file.replace(/\.(html|text)\.hbs$/, '')}`),
  );
}
