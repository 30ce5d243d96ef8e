import { SmtpServer } from '../../../test/support/network/smtp-server.js';
import type { Config } from '../../config.js';
import { smtpServer } from '../../config/mail-settings.js';
import { MailRejectedError, type MailJob } from './mail-transport.js';
import { poolOptions, SmtpTransport } from './smtp.transport.js';

const config = {
  publicUrl: 'https://portal.example',
  mailFrom: { name: 'Hosting, Inc.', address: 'no-reply@portal.example' },
} as Config;

const job = (id = 'one', name = 'Änn'): MailJob => ({
  id,
  writtenAt: Date.UTC(2030, 0, 1),
  letter: {
    to: { name, address: 'ann@example.com' },
    subject: 'Your password – changed',
    text: '.\r\nHello Änn',
    html: '<p>Hello Änn',
  },
});

describe('a mail server', () => {
  let office: SmtpServer;
  let transport: SmtpTransport;
  beforeAll(async () => {
    office = await SmtpServer.open();
    transport = new SmtpTransport(config, smtpServer(office.url));
  });
  beforeEach(() => {
    office.arrived.length = 0;
    office.refusesRecipient = office.refusesLetter = null;
  });
  afterAll(async () => {
    transport.close();
    await office.shut();
  });

  it('gets the whole mail, in text and HTML, for one recipient', async () => {
    await transport.deliver(job());
    expect(office.arrived).toEqual([
      expect.objectContaining({
        recipients: ['ann@example.com'],
        mail: expect.objectContaining({
          from: { name: 'Hosting, Inc.', address: 'no-reply@portal.example' },
          to: [{ name: 'Änn', address: 'ann@example.com' }],
          subject: 'Your password – changed',
          text: expect.stringContaining('.\nHello Änn') as string,
          html: expect.stringContaining('<p>Hello Änn') as string,
          date: '2030-01-01T00:00:00.000Z',
        }) as object,
      }),
    ]);
    expect(office.arrived[0]?.source).toContain('Auto-Submitted: auto-generated');
  });

  it('gets no request for a mail that is only rehearsed', async () => {
    await transport.rehearse(job());
    expect(office.arrived).toEqual([]);
  });

  it('can recognise a copy by its Message-ID, and no two mails share one', async () => {
    for (const id of ['one', 'one', 'two']) await transport.deliver(job(id));
    const [first, copy, other] = office.arrived.map(({ mail }) => mail.messageId);
    expect(first).toMatch(/^<[0-9a-f]{40}@portal\.example>$/);
    expect(copy).toBe(first);
    expect(other).not.toBe(first);
  });

  it('never learns of a second recipient by way of a name', async () => {
    await transport.deliver(job('one', 'Ann" <eve@example.com>, "\r\nBcc: eve@example.com'));
    expect(office.arrived.map(({ recipients }) => recipients)).toEqual([['ann@example.com']]);
    expect(office.arrived[0]?.source).not.toMatch(/^bcc:/im);
  });

  it.each(['refusesRecipient', 'refusesLetter'] as const)(
    '%s for good: no other try is worth it',
    async (how) => {
      office[how] = { code: 550, words: 'no such mailbox' };
      await expect(transport.deliver(job())).rejects.toThrow(MailRejectedError);
      await expect(transport.deliver(job())).rejects.toThrow('no such mailbox');
    },
  );

  it.each(['refusesRecipient', 'refusesLetter'] as const)('%s for now: it is asked again', async (how) => {
    office[how] = { code: 451, words: 'try again later' };
    const failure: unknown = await transport.deliver(job()).catch((error: unknown) => error);
    expect(failure).not.toBeInstanceOf(MailRejectedError);
    expect(String(failure)).toContain('try again later');
    office[how] = null;
    await transport.deliver(job());
    expect(office.arrived).toHaveLength(1);
  });
});

describe('a mail server that is not what it should be', () => {
  async function failure(office: SmtpServer, url = office.url): Promise<unknown> {
    const transport = new SmtpTransport(config, smtpServer(url));
    try {
      return await transport.deliver(job()).catch((error: unknown) => error);
    } finally {
      transport.close();
      await office.shut();
    }
  }

  it('gets nothing when it cannot prove its name', async () => {
    const office = await SmtpServer.open({ secure: true });
    const error = await failure(office);
    expect(String(error)).toMatch(/certificate/i);
    expect(error).not.toBeInstanceOf(MailRejectedError);
    expect(office.arrived).toEqual([]);
  });

  it('that refuses our sign-in loses no mail, and its answer contains no password', async () => {
    const office = await SmtpServer.open({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('who are you?')),
    });
    const error = await failure(office, `smtp://portal:hunter2@127.0.0.1:${office.port}`);
    expect(error).toMatchObject({ responseCode: 535 });
    expect(error).not.toBeInstanceOf(MailRejectedError);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/hunter2|aHVudGVyMg|AGh1bnRlcjI/);
  });
});

describe('the way to a mail server', () => {
  const options = (url: string) => poolOptions(smtpServer(url), 'portal.example');

  it('is never an open wire for a password', () => {
    expect(options('smtp://portal:secret@mail.example')).toMatchObject({ secure: false, requireTLS: true });
    expect(options('smtps://portal:secret@mail.example')).toMatchObject({ secure: true });
  });

  it('without a password is TLS where the server offers it, but on the own machine', () => {
    expect(options('smtp://mail.example')).toMatchObject({ requireTLS: false, ignoreTLS: false });
    for (const host of ['localhost', '127.0.0.1:25', '[::1]'])
      expect(options(`smtp://${host}`)).toMatchObject({ ignoreTLS: true });
    expect(options('smtp://localhost.example')).toMatchObject({ ignoreTLS: false });
  });

  it('is never written down', () => {
    expect(options('smtp://portal:secret@mail.example')).toMatchObject({ logger: false, debug: false });
  });
});
