import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '../../test/support/fixed-clock.js';
import type { Config } from '../config.js';
import { Frames } from '../pages/frames.js';
import { loadMessages } from '../pages/pages.module.js';
import { projectRoot } from '../pages/project-root.js';
import { ViewEngine } from '../pages/view-engine.js';
import { ViewFinder } from '../pages/view-finder.js';
import { viewFunctions } from '../pages/view-functions.js';
import type { InstalledModules } from '../portal/modules.js';
import { LetterWriter } from './letter-writer.js';
import type { Mail } from './mailer.js';
import { OutboxMailer } from './outbox.mailer.js';

const to = { name: 'Ann', email: 'ann@example.com' };
const model = { at: Date.UTC(2030, 0, 1), ip: '192.0.2.7', userAgent: null };

describe('the outbox', () => {
  let dataFolder: string;
  beforeEach(() => (dataFolder = mkdtempSync(join(tmpdir(), 'mail-'))));
  afterEach(() => rmSync(dataFolder, { recursive: true }));

  function mailer(): OutboxMailer {
    const config = {
      ...{ dataFolder, portalName: 'Hosting', publicUrl: 'https://portal.example', supportPhone: null },
      ...{
        mailFrom: 'Hosting <no-reply@portal.example>',
        supportEmail: 'help@portal.example',
        production: false,
      },
    } as Config;
    const messages = loadMessages([]);
    const finder = new ViewFinder({
      host: join(projectRoot(), 'templates'),
      theme: null,
      modules: new Map(),
    });
    const engine = new ViewEngine(finder, viewFunctions(messages, { address: (name) => name, scripts: [] }));
    const frames = new Frames(config, messages, { list: [] } as unknown as InstalledModules);
    return new OutboxMailer(config, new FixedClock(), new LetterWriter(config, frames, engine));
  }

  const mail = (facts: Partial<Mail> = {}): Mail => ({
    id: 'one',
    to,
    view: 'mail/password-changed',
    model,
    ...facts,
  });
  const files = () => readdirSync(join(dataFolder, 'outbox'));
  const content = (name: string) => readFileSync(join(dataFolder, 'outbox', name), 'utf8');
  const headers = (name: string) =>
    (content(name).split('\r\n\r\n')[0] ?? '').replace(/\r\n\s+/g, ' ').split('\r\n');

  it('has each mail as one file, in text and HTML, which nobody else can read', async () => {
    await mailer().send(mail());
    expect(files()).toEqual(['one.eml']);
    expect(headers('one.eml')).toEqual(
      expect.arrayContaining([
        'From: Hosting <no-reply@portal.example>',
        'To: Ann <ann@example.com>',
        'Subject: Your password was changed',
        'Date: Tue, 01 Jan 2030 00:00:00 +0000',
        'Auto-Submitted: auto-generated',
      ]),
    );
    expect(content('one.eml')).toMatch(
      /Content-Type: text\/plain[^]*Hello Ann[^]*Content-Type: text\/html[^]*<p>Hello Ann/,
    );
    expect(statSync(join(dataFolder, 'outbox', 'one.eml')).mode & 0o077).toBe(0);
  });

  it('never has a mail twice, also when it is asked for simultaneously', async () => {
    const one = mailer();
    await Promise.all(Array.from({ length: 8 }, () => one.send(mail())));
    await mailer().send(mail());
    expect(files()).toEqual(['one.eml']);
  });

  it('cannot be led out of its folder by an id', async () => {
    await mailer().send(mail({ id: '../../escaped' }));
    expect(files()).toEqual([expect.stringMatching(/^[0-9a-f]{40}\.eml$/)]);
  });

  it.each(['Ann\r\nBcc: eve@example.com', 'Ann\nBcc: eve@example.com', 'Ann\u2028Bcc: eve@example.com'])(
    'lets no name begin a header: %j',
    async (name) => {
      await mailer().send(mail({ to: { ...to, name } }));
      expect(headers('one.eml').filter((line) => /^bcc/i.test(line))).toEqual([]);
      expect(headers('one.eml').filter((line) => line.startsWith('To:'))).toHaveLength(1);
    },
  );

  it.each([
    'ann@example.com, eve@example.com',
    'ann@example.com\r\nBcc: eve@example.com',
    '<ann@example.com>',
    '',
  ])('writes to nobody when the address is not one: %j', async (email) => {
    await expect(mailer().send(mail({ to: { ...to, email } }))).rejects.toThrow('address');
  });

  it('has markup in a name as text', async () => {
    await mailer().send(mail({ to: { ...to, name: '<b>Ann</b>' } }));
    const html = content('one.eml').split('text/html')[1] ?? '';
    expect(html).not.toContain('<b>');
    expect(html).toContain('&lt;b&gt;');
  });
});
