import { jest } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import { DatabaseProxy } from '../../../test/support/network/database-proxy.js';
import { SmtpServer } from '../../../test/support/network/smtp-server.js';
import type { Config } from '../../config.js';
import { smtpServer } from '../../config/mail-settings.js';
import { MailRejectedError, type MailJob } from './mail-transport.js';
import { SmtpTransport } from './smtp.transport.js';

const config = {
  publicUrl: 'https://portal.example',
  mailFrom: { name: 'Hosting', address: 'no-reply@portal.example' },
} as Config;

const job = (facts: Partial<MailJob['letter']> = {}): MailJob => ({
  id: 'one',
  writtenAt: Date.UTC(2030, 0, 1),
  letter: {
    ...{ to: { name: 'Ann', address: 'ann@example.com' } },
    ...{ subject: 'Hello', text: 'Hello Ann', html: '<p>Hello Ann' },
    ...facts,
  },
});

/** One delivery to a mail server with these options: the result, and the mails on the server. */
async function delivers(options: SMTPServerOptions, given = job(), login = '', host = '127.0.0.1') {
  const office = await SmtpServer.open(options);
  const transport = new SmtpTransport(config, smtpServer(`smtp://${login}${host}:${office.port}`));
  try {
    const failure: unknown = await transport.deliver(given).then(
      () => null,
      (error: unknown) => error,
    );
    return { failure, arrived: office.arrived };
  } finally {
    transport.close();
    await office.shut();
  }
}

function saying(responseCode: number): Error {
  return Object.assign(new Error('not now'), { responseCode });
}

/** Another address of this machine that does not count as local. */
const elsewhere = '0.0.0.0';

describe('a mail is not lost, and not given up,', () => {
  it.each<[string, SMTPServerOptions]>([
    ['turns callers away', { onConnect: (_session, done) => done(saying(421)) }],
    ['turns callers away for good', { onConnect: (_session, done) => done(saying(554)) }],
    ['refuses the sender', { onMailFrom: (_address, _session, done) => done(saying(550)) }],
  ])('when the mail server %s', async (_what, options) => {
    const { failure, arrived } = await delivers(options);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(MailRejectedError);
    expect(arrived).toEqual([]);
  });

  it('when the connection breaks in the middle of it', async () => {
    const office = await SmtpServer.open({ onData: () => databaseProxy.cut() });
    const databaseProxy = await DatabaseProxy.to('127.0.0.1', office.port);
    const transport = new SmtpTransport(config, smtpServer(`smtp://127.0.0.1:${databaseProxy.port}`));
    try {
      const failure: unknown = await transport.deliver(job()).catch((error: unknown) => error);
      expect([failure instanceof Error, failure instanceof MailRejectedError, office.arrived]).toEqual([
        true,
        false,
        [],
      ]);
    } finally {
      transport.close();
      await databaseProxy.remove();
      await office.shut();
    }
  });

  it('when the mail server never comes to an end', async () => {
    const patience = new AbortController();
    jest.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
    const { failure, arrived } = await delivers({ onData: () => patience.abort() });
    jest.restoreAllMocks();
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(MailRejectedError);
    expect(arrived).toEqual([]);
  });
});

describe('an open wire', () => {
  it('carries no password, also to a mail server that has no TLS', async () => {
    const asked: unknown[] = [];
    const options: SMTPServerOptions = {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => {
        asked.push(auth);
        done(null, { user: 'portal' });
      },
    };
    const { failure, arrived } = await delivers(options, job(), 'portal:hunter2@', elsewhere);
    expect(failure).not.toBeInstanceOf(MailRejectedError);
    expect([failure instanceof Error, asked, arrived]).toEqual([true, [], []]);
  });

  it('is not used unencrypted after TLS was offered with a certificate that is not trusted', async () => {
    const { failure, arrived } = await delivers({}, job(), '', elsewhere);
    expect(String(failure)).toMatch(/certificate/i);
    expect(arrived).toEqual([]);
  });
});

describe('a subject', () => {
  it.each(['Grüße an Zoë 💌, 本日', 'ü'.repeat(200)])('arrives as it was written: %s', async (subject) => {
    const { arrived } = await delivers({}, job({ subject }));
    expect(arrived.map(({ mail }) => mail.subject)).toEqual([subject]);
  });

  it('begins no header of its own', async () => {
    const { arrived } = await delivers({}, job({ subject: 'Hello\r\nBcc: eve@example.com' }));
    expect(arrived.map(({ recipients }) => recipients)).toEqual([['ann@example.com']]);
    expect(arrived[0]?.source).not.toMatch(/^bcc:/im);
  });
});

it.each(['\r\n.\r\n', '\n.\n', '\r.\r', '\r\n.\r', '\n.\r\n'])(
  'no text ends its mail and begins another: %j',
  async (end) => {
    const text = `Hello${end}MAIL FROM:<eve@example.com>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\nHello Bob`;
    const { failure, arrived } = await delivers({}, job({ text }));
    expect([failure, arrived.map(({ recipients }) => recipients)]).toEqual([null, [['ann@example.com']]]);
    expect(arrived[0]?.mail.text).toContain('Hello Bob');
  },
);
