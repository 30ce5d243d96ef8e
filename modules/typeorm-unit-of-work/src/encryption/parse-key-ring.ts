import { KeyRing, type RingKey } from './key-ring.js';

const keyLength = 32;
const idForm = /^[A-Za-z0-9_-]{1,32}$/;
/** Fewer different bytes than this in 32 random ones: less than once in 10^13 keys. */
const fewest = 17;

/**
 * Reads a key ring `id:base64(32 bytes),id:…`: the first key encrypts, all decrypt. No message contains a part of a key.
 * @throws Error with a sentence for the operator, when the ring is missing, malformed, or too weak to be a secret.
 */
export function parseKeyRing(text: string | undefined): KeyRing {
  const [first, ...others] = (text ?? '').trim().split(',').map(ringKey);
  if (!first) throw new Error(missing);
  refuseTwins([first, ...others]);
  return new KeyRing(first, ...others);
}

const missing =
  'The key ring is missing. Set it to id:key, the key being 32 random bytes in base64 ' +
  '(`openssl rand -base64 32`).';

function ringKey(entry: string): RingKey {
  if (entry.trim() === '') throw new Error(missing);
  const parts = entry.trim().split(':');
  const [id = '', key = ''] = parts;
  // Without a colon the whole entry may be a key: a message must not show it as an id.
  if (parts.length !== 2 || !idForm.test(id))
    throw new Error(
      'Each key of the key ring reads id:base64, the id being 1 to 32 letters, digits, - or _.',
    );
  return { id, bytes: keyBytes(id, key) };
}

function keyBytes(id: string, key: string): Buffer {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== key.replace(/=+$/, ''))
    throw new Error(`The key "${id}" of the key ring is not base64.`);
  if (bytes.length !== keyLength)
    throw new Error(`The key "${id}" of the key ring has ${bytes.length} bytes; it must have ${keyLength}.`);
  if (isGuessable(bytes))
    throw new Error(
      `The key "${id}" of the key ring is a sample or typed text; make a random one (\`openssl rand -base64 32\`).`,
    );
  return bytes;
}

/** All bytes alike, a short pattern repeated, a sequence counting up or down, or typed text. */
function isGuessable(bytes: Buffer): boolean {
  const values = [...bytes];
  const steps = new Set(values.slice(1).map((value, i) => (value - (values[i] ?? 0) + 256) % 256));
  const isTyped = values.every((value) => value >= 0x20 && value <= 0x7e);
  return new Set(values).size < fewest || steps.size === 1 || isTyped;
}

function refuseTwins(keys: readonly RingKey[]): void {
  const ids = new Set(keys.map(({ id }) => id));
  if (ids.size < keys.length) throw new Error('The key ring has two keys of the same id.');
  const contents = new Set(keys.map(({ bytes }) => Buffer.from(bytes).toString('base64')));
  if (contents.size < keys.length) throw new Error('The key ring has the same key under two ids.');
}
