import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mailLimits } from '../../../src/mail/transport/mail-limits.js';
import { projectRoot } from '../../../src/pages/common/project-root.js';
import { installedModules } from '../../../src/portal/modules/installed-modules.js';
import type { Owner } from '../people/owner.js';
import { type Portal, portal } from '../portal/portal.js';
import { type Arrived, SmtpServer } from '../network/smtp-server.js';
import { firefox, type JsonAnswer, type Visitor } from '../people/visitor.js';

/** Not the address of the portal under test: links must not depend on the request's host. */
export const publicUrl = 'http://portal.localhost';

const contact = 'security@provider.example';

/** A portal that sends its mails to a real mail server. */
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
    return { SMTP_URL: url, PUBLIC_URL: publicUrl, MAILED_CODES: 'on', SECURITY_CONTACT: contact };
  }

  /** The address that staff get reports at. */
  readonly contact = contact;

  /** The environment of another process beside this portal. */
  get env() {
    return NoticeScene.mailsBy(this.office);
  }

  async close(): Promise<void> {
    await this.house.close();
    await this.office.shut();
  }

  /** Returns all mails during `happens`, and until every claim and wait after it has ended. */
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

  /** The path of the newest mailed link below this one, to this address. */
  async link(email: string, below: string): Promise<string> {
    await this.house.settled();
    const link = new RegExp(`${publicUrl}(${below}/[\\w-]{43})`);
    const found = link.exec(this.office.of(email).at(-1)?.mail.text ?? '')?.[1];
    if (found === undefined) throw new Error(`No link came to ${email}.`);
    return found;
  }
}

/** Sends a request as a browser, which must not be refused. */
export async function does(visitor: Visitor, path: string, body: unknown = {}): Promise<JsonAnswer> {
  const answer = await visitor.asks('POST', path, body, { 'User-Agent': firefox });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

/** Passes a step-up, and waits until the phone shows another code. */
export async function isFresh(house: Portal, { person, visitor, app }: Owner): Promise<void> {
  await does(visitor, '/account/confirm', { password: person.password, kind: 'totp', code: app.code() });
  house.clock.passesSeconds(30);
}

/** Texts that must not be in any mail to this owner. */
export function secretsOf({ person, app, codes, visitor }: Owner): string[] {
  const cookies = visitor.cookies.header.split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1));
  return [person.password, app.secret, ...codes, ...cookies.filter(({ length }) => length > 15)];
}

/** The whole mail, in the form for people and for programs. */
export function wholeOf({ mail: { subject, text, html }, source }: Arrived): string {
  return [subject, text, html, source.replace(/=\r?\n/g, '')].join('\n');
}

/** The targets of a mail's links outside of the portal. */
export function strayLinksOf({ mail: { text = '', html = '' } }: Arrived): string[] {
  const links = [...`${text}\n${html}`.matchAll(/(?:href|src)="([^"]*)"|\w+:\/\/[^\s"<]+/g)];
  return links.map(([all, linked]) => linked ?? all).filter((link) => !link.startsWith(`${publicUrl}/`));
}

/** The views of all mails, the portal's and its modules': templates with a subject. */
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
