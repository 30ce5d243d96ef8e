import { randomBytes } from 'node:crypto';
import { parseKeyRing } from './parse-key-ring.js';

const label = { purpose: 'factor', ownerId: '7', id: 'f1' };
const random = (): string => randomBytes(32).toString('base64');
const encoded = (bytes: Iterable<number>): string => Buffer.from([...bytes]).toString('base64');
const twice = random();

describe('the text of a key ring', () => {
  it('accepts keys with and without padding, with spaces around the commas', () => {
    const sealed = parseKeyRing(`a:${twice}`).encrypt('secret', label);
    expect(parseKeyRing(` b:${random()} , a:${twice.replace('=', '')}\n`).decrypt(sealed, label)).toBe(
      'secret',
    );
  });

  it.each([undefined, '', '  ', ',', `a:${twice},`])('is refused when a key is missing: %j', (text) => {
    expect(() => parseKeyRing(text)).toThrow(/missing.*openssl rand -base64 32/);
  });

  it.each([0, 16, 31, 33, 64])('is refused when a key has %i bytes', (length) => {
    const text = `a:${randomBytes(length).toString('base64')}`;
    expect(() => parseKeyRing(text)).toThrow(`has ${length} bytes; it must have 32`);
  });

  it.each(['a:***', 'a:hello world', `a:${twice.slice(0, 20)} ${twice.slice(20)}`, `a:${twice}AA`])(
    'is refused when a key is not base64: %s',
    (text) => {
      expect(() => parseKeyRing(text)).toThrow('not base64');
    },
  );

  it.each(['', 'a.b', 'a b', 'ä', 'x'.repeat(33), 'a:b'])('is refused when an id is invalid: %j', (id) => {
    expect(() => parseKeyRing(`${id}:${random()}`)).toThrow('reads id:base64');
  });

  it('is refused when a key has no id', () => {
    expect(() => parseKeyRing(random())).toThrow('reads id:base64');
  });

  it.each([randomBytes(16).toString('hex'), randomBytes(24).toString('base64url'), 'short'])(
    'is refused when a short key has no id, without showing it as an id: %s',
    (key) => {
      expect(() => parseKeyRing(key)).toThrow(/^Each key of the key ring reads id:base64/);
    },
  );

  it('is refused when two keys have one id, or one key two ids', () => {
    expect(() => parseKeyRing(`a:${random()},a:${random()}`)).toThrow('two keys of the same id');
    expect(() => parseKeyRing(`a:${twice},b:${twice}`)).toThrow('same key under two ids');
  });

  it.each([
    ['all zero', encoded(new Uint8Array(32))],
    ['all alike', encoded(new Uint8Array(32).fill(0xa5))],
    ['counting up', encoded(Array.from({ length: 32 }, (_, i) => i))],
    ['counting down', encoded(Array.from({ length: 32 }, (_, i) => 255 - i))],
    ['a pattern', encoded(Array.from({ length: 32 }, (_, i) => [0xde, 0xad, 0xbe, 0xef][i % 4] ?? 0))],
    ['half a key twice', Buffer.concat(Array(2).fill(randomBytes(16)) as Buffer[]).toString('base64')],
    ['typed text', Buffer.from('change-me-to-a-32-byte-long-key!').toString('base64')],
    ['hexadecimal text', Buffer.from(randomBytes(16).toString('hex')).toString('base64')],
  ])('is refused when a key is a sample: %s', (_, key) => {
    expect(() => parseKeyRing(`a:${key}`)).toThrow('sample or typed text');
  });

  it('never refuses a random key', () => {
    for (let i = 0; i < 2_000; i += 1) parseKeyRing(`a:${random()}`);
  });

  it('never shows a key in a message', () => {
    const secret = random();
    for (const text of [`a b:${secret}`, `a:${secret},a:${secret}`, secret, `a:${secret}AA`, `a:${secret}:`])
      expect(() => parseKeyRing(text)).toThrow(
        expect.objectContaining({
          message: expect.not.stringContaining(secret.slice(0, 10)) as string,
        }) as Error,
      );
  });
});
