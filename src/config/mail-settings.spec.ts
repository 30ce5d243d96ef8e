import { sender, smtpServer } from './mail-settings.js';

describe('the address of a mail server', () => {
  it.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false, auth: null }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, secure: false, auth: null }],
    ['smtps://[2001:db8::1]', { host: '2001:db8::1', port: 465, secure: true, auth: null }],
    [
      'smtps://portal%40example.com:p%40ss%2Fword@mail.example:2465/',
      {
        host: 'mail.example',
        port: 2465,
        secure: true,
        auth: { user: 'portal@example.com', pass: 'p@ss/word' },
      },
    ],
  ])('%s', (text, server) => {
    expect(smtpServer(text)).toEqual(server);
  });

  it.each([
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtp://mail.example/folder',
    'smtp://mail.example?logger=true&debug=true',
    'smtp://mail.example#x',
    'smtp://portal@mail.example',
    'smtp://:hunter2@mail.example',
    'smtp://portal:100%@mail.example',
  ])('is refused with a sentence that holds no part of it: %s', (text) => {
    expect(() => smtpServer(text)).toThrow(/^SMTP_URL must look like smtp:\/\/user:password@host:587/);
    expect(() => smtpServer(text)).not.toThrow(/hunter2|mail\.example|100%/);
  });
});

describe('the sender of mails', () => {
  it.each([
    ['no-reply@portal.example', { name: '', address: 'no-reply@portal.example' }],
    ['Hosting <no-reply@portal.example>', { name: 'Hosting', address: 'no-reply@portal.example' }],
    [
      '"Hosting, Inc." <no-reply@portal.example>',
      { name: 'Hosting, Inc.', address: 'no-reply@portal.example' },
    ],
    ['<no-reply@portal.example>', { name: '', address: 'no-reply@portal.example' }],
  ])('%s', (text, expected) => {
    expect(sender(text)).toEqual(expected);
  });

  it.each(['Hosting', 'Hosting <nobody>', 'a@portal.example, b@portal.example', 'Hosting <>'])(
    'cannot be an address that accepts no reply: %s',
    (text) => {
      expect(() => sender(text)).toThrow(/^MAIL_FROM must be an e-mail address/);
    },
  );
});
