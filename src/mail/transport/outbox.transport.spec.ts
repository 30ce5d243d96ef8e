import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config.js';
import type { MailJob } from './mail-transport.js';
import { OutboxTransport } from './outbox.transport.js';

const job = (id = 'one', name = 'Ann'): MailJob => ({
  id,
  writtenAt: Date.UTC(2030, 0, 1),
  letter: {
    to: { name, address: 'ann@example.com' },
    subject: 'Your password was changed',
    text: 'Hello Ann',
    html: '<p>Hello Ann',
  },
});

describe('the outbox', () => {
  let dataFolder: string;
  beforeEach(() => (dataFolder = mkdtempSync(join(tmpdir(), 'mail-'))));
  afterEach(() => rmSync(dataFolder, { recursive: true }));

  const outbox = () =>
    new OutboxTransport({
      dataFolder,
      publicUrl: 'https://portal.example',
      mailFrom: { name: 'Hosting', address: 'no-reply@portal.example' },
    } as Config);
  const files = () => readdirSync(join(dataFolder, 'outbox'));
  const content = (name: string) => readFileSync(join(dataFolder, 'outbox', name), 'utf8');
  const headers = (name: string) =>
    (content(name).split('\r\n\r\n')[0] ?? '').replace(/\r\n\s+/g, ' ').split('\r\n');

  it('keeps nothing of a mail that it only rehearses', async () => {
    await outbox().rehearse(job());
    expect(files()).toEqual([]);
  });

  it('has each mail as one file, in text and HTML, which only its owner can read', async () => {
    await outbox().deliver(job());
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

  it('never has a mail twice, also when it comes simultaneously', async () => {
    const one = outbox();
    await Promise.all(Array.from({ length: 8 }, () => one.deliver(job())));
    await outbox().deliver(job());
    expect(files()).toEqual(['one.eml']);
  });

  it('cannot be led out of its folder by an id', async () => {
    await outbox().deliver(job('../../escaped'));
    expect(files()).toEqual([expect.stringMatching(/^[0-9a-f]{40}\.eml$/)]);
  });

  it('lets no name begin a header', async () => {
    await outbox().deliver(job('one', 'Ann\r\nBcc: eve@example.com'));
    expect(headers('one.eml').filter((line) => /^bcc/i.test(line))).toEqual([]);
    expect(headers('one.eml').filter((line) => line.startsWith('To:'))).toHaveLength(1);
  });
});
