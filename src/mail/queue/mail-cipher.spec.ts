import { randomBytes } from 'node:crypto';
import type { Config } from '../../config.js';
import { MailCipher } from './mail-cipher.js';

const box = (sessionSecret = 'a secret of enough length and more') =>
  new MailCipher({ sessionSecret } as Config);
const letter = {
  to: { name: 'Ann', address: 'ann@example.com' },
  subject: 'New password',
  text: 'https://portal.example/password/reset/abc',
  html: '<p>…</p>',
};

describe('a waiting mail', () => {
  it('comes out as it went in, on every node', () => {
    expect(box().open('one', box().seal('one', letter))).toEqual(letter);
  });

  it('cannot be read in the database', () => {
    const bytes = Buffer.from(box().seal('one', letter), 'base64').toString('latin1');
    expect(bytes).not.toMatch(/reset|ann@example|New password/);
    expect(box().seal('one', letter)).not.toBe(box().seal('one', letter));
  });

  it('cannot be opened in another row, under another secret, or changed', () => {
    const sealed = box().seal('one', letter);
    const bytes = Buffer.from(sealed, 'base64');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    expect(() => box().open('two', sealed)).toThrow('cannot be opened');
    expect(() => box('quite another secret, but also long').open('one', sealed)).toThrow('cannot be opened');
    expect(() => box().open('one', bytes.toString('base64'))).toThrow('cannot be opened');
    expect(() => box().open('one', sealed.slice(0, 12))).toThrow('cannot be opened');
  });

  it('cannot be cut short by the database: one too long is refused', () => {
    const fits = { ...letter, text: 'every word of a long story '.repeat(10_000) };
    expect(box().open('one', box().seal('one', fits))).toEqual(fits);
    const tooLong = { ...letter, text: randomBytes(60_000).toString('base64') };
    expect(() => box().seal('one', tooLong)).toThrow(/too long: 80\d{3} characters/);
  });
});
