import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { DamagedValueError } from './errors.js';
import { parseKeyRing } from './parse-key-ring.js';

const label = { purpose: 'factor', ownerId: '7', id: 'f1' };
const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const ring = (...entries: string[]): ReturnType<typeof parseKeyRing> => parseKeyRing(entries.join(','));

/** Returns the decrypted text, or the error. */
function outcome(box: ReturnType<typeof ring>, sealed: string, under = label): unknown {
  try {
    return box.decrypt(sealed, under);
  } catch (error) {
    return error;
  }
}

describe('a key ring', () => {
  it.each(['', 'secret', '{"a":"ünï"}', '\0', 'x'.repeat(10_000)])('opens its own text: %.20j', (plain) => {
    const box = ring(key('a'));
    expect(box.decrypt(box.encrypt(plain, label), label)).toBe(plain);
  });

  it('writes an envelope that names its format and key, and shows nothing of the text', () => {
    const sealed = ring(key('k-1')).encrypt('the secret', label);
    expect(sealed).toMatch(/^v1\.k-1\.[\w-]{16}\.[\w-]+$/);
    expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('secret');
  });

  it('shows no key in a log', () => {
    const bytes = randomBytes(32);
    const shown = inspect(ring(`a:${bytes.toString('base64')}`), { depth: 9, showHidden: true });
    expect(shown).not.toContain(
      bytes
        .subarray(0, 3)
        .toString('hex')
        .replace(/(..)(?=.)/g, '$1 '),
    );
  });

  it('never seals the same text the same way twice', () => {
    const box = ring(key('a'));
    const sealed = Array.from({ length: 1_000 }, () => box.encrypt('secret', label));
    expect(new Set(sealed.map((each) => each.split('.')[2])).size).toBe(1_000);
  });

  it('seals under the first key and opens under all, so that keys can be rotated while people sign in', () => {
    const [old, fresh] = [key('old'), key('new')];
    const sealedBefore = ring(old).encrypt('secret', label);
    const both = ring(fresh, old);
    expect(both.decrypt(sealedBefore, label)).toBe('secret');
    expect(both.encrypt('secret', label)).toMatch(/^v1\.new\./);
  });

  it('names its keys by id and a fingerprint that differs from key to key and stays', () => {
    const [one, other] = [key('a'), key('a')];
    const [card, ...more] = ring(one, key('b')).keys;
    expect(card.fingerprint).toMatch(/^([0-9a-f]{4}-){3}[0-9a-f]{4}$/);
    expect(more.map(({ id }) => id)).toEqual(['b']);
    expect(ring(one).keys[0]).toEqual(card);
    expect(ring(other).keys[0].fingerprint).not.toBe(card.fingerprint);
  });

  it('returns the key that a text names, even an unknown one, and none for other text', () => {
    const sealed = ring(key('k_1')).encrypt('secret', label);
    const named = ring(key('other')).keyOf(sealed);
    expect(named).toEqual({ id: 'k_1', prefix: 'v1.k_1.' });
    for (const text of ['', 'v1.', 'v2' + sealed.slice(2), 'rubbish', 'v1.k_1.short.x'])
      expect(ring(key('k_1')).keyOf(text)).toBeNull();
  });

  it('does not open a text of a removed key', () => {
    const sealed = ring(key('old')).encrypt('secret', label);
    expect(outcome(ring(key('new')), sealed)).toBeInstanceOf(DamagedValueError);
  });

  it('does not open under another key of the same id', () => {
    const sealed = ring(key('a')).encrypt('secret', label);
    expect(outcome(ring(key('a')), sealed)).toBeInstanceOf(DamagedValueError);
  });

  it.each([
    { ...label, purpose: 'draft' },
    { ...label, ownerId: '8' },
    { ...label, id: 'f2' },
    { purpose: 'factor', ownerId: '7","f1', id: '' },
    { purpose: 'factor7', ownerId: '', id: 'f1' },
  ])('does not open a text of another row: %j', (other) => {
    const box = ring(key('a'));
    expect(outcome(box, box.encrypt('secret', label), other)).toBeInstanceOf(DamagedValueError);
  });

  it('reports every edit of every character as damage, and throws no other error', () => {
    const box = ring(key('a'));
    const sealed = box.encrypt('secret', label);
    const alphabet = ['A', 'B', '-', '_', '.', '=', ' ', '\n', 'é', '\0'];
    for (let i = 0; i < sealed.length; i += 1)
      for (const letter of alphabet.filter((each) => each !== sealed[i])) {
        const edited = sealed.slice(0, i) + letter + sealed.slice(i + 1);
        expect([edited, outcome(box, edited)]).toEqual([edited, expect.any(DamagedValueError)]);
      }
  });

  it('reports every cut, every addition and every other text as damage, and throws no other error', () => {
    const box = ring(key('a'));
    const sealed = box.encrypt('secret', label);
    const cuts = Array.from({ length: sealed.length }, (_, i) => sealed.slice(0, i));
    const noise = Array.from({ length: 200 }, (_, i) => `v1.a.${randomBytes(i).toString('base64url')}`);
    const absent = [null, undefined, 7, {}, []] as unknown as string[];
    const others = [
      `${sealed}=`,
      `${sealed}A`,
      ` ${sealed}`,
      `${sealed}.`,
      'v2' + sealed.slice(2),
      '....',
      '__proto__',
    ];
    for (const text of [...cuts, ...noise, ...others, ...absent])
      expect(outcome(box, text)).toBeInstanceOf(DamagedValueError);
  });
});
