import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { DamagedValueError, MissingKeyError } from './errors.js';

/** The context of an encrypted value: purpose, owner and row. It does not decrypt with any other context. */
export interface EncryptionContext {
  readonly purpose: string;
  readonly ownerId: string;
  readonly id: string;
}

/** A key as encrypted values name it. */
export interface KeyName {
  readonly id: string;
  /** The prefix of every value that this key encrypted, and of no other. */
  readonly prefix: string;
}

/** A key of a ring, as people may see it. */
export interface KeyInfo extends KeyName {
  /** Distinguishes keys of the same id; reveals nothing of the key. */
  readonly fingerprint: string;
}

/** One key of a ring: its id, which stands in every envelope, and 32 bytes. */
export interface RingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

// NIST SP 800-38D: a random nonce of 96 bits and a tag of 128. One key may encrypt 2^32 values.
const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;
const format = 'v1';
const idForm = /^[A-Za-z0-9_-]{1,32}$/;
const envelope = /^v1\.([A-Za-z0-9_-]{1,32})\.[\w-]{16}\.[\w-]{22,}$/;

/**
 * Encrypts with AES-256-GCM and the first key, and decrypts with any. An envelope reads `v1.<key id>.<nonce>.<ciphertext and
 * tag>`, the last two in base64url. Format, purpose, owner and id are authenticated with it (AAD), so that a value that was
 * moved to another row does not decrypt there.
 */
export class KeyRing {
  readonly keys: readonly [KeyInfo, ...KeyInfo[]];
  // Key objects: no log and no inspection shows their bytes.
  private readonly decrypting: ReadonlyMap<string, KeyObject>;
  private readonly encrypting: { readonly id: string; readonly key: KeyObject };

  /** The first key encrypts, all decrypt. */
  constructor(first: RingKey, ...others: readonly RingKey[]) {
    this.encrypting = { id: first.id, key: createSecretKey(first.bytes) };
    const older = others.map(({ id, bytes }) => [id, createSecretKey(bytes)] as const);
    this.decrypting = new Map([[first.id, this.encrypting.key], ...older]);
    this.keys = [infoOf(first.id, this.encrypting.key), ...older.map(([id, key]) => infoOf(id, key))];
  }

  /** Encrypts a text for this context. */
  encrypt(plain: string, context: EncryptionContext): string {
    const { id, key } = this.encrypting;
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
    cipher.setAAD(associated(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [format, id, nonce.toString('base64url'), body.toString('base64url')].join('.');
  }

  /**
   * Decrypts a value of this context.
   * @throws MissingKeyError when the ring does not have its key; DamagedValueError when it was edited, truncated or moved.
   */
  decrypt(encrypted: string, context: EncryptionContext): string {
    const envelope = this.read(encrypted);
    try {
      return open(envelope, context);
    } catch (cause) {
      throw new DamagedValueError('The encrypted value was edited, or belongs to another row.', { cause });
    }
  }

  /** Returns the key that a value names, whether the ring has it or not; null when the text is no envelope. */
  keyOf(encrypted: string): KeyName | null {
    const id = envelope.exec(encrypted)?.[1];
    return id === undefined ? null : { id, prefix: prefixOf(id) };
  }

  private read(encrypted: unknown): Envelope {
    const [version, id = '', nonceText, bodyText, ...rest] =
      typeof encrypted === 'string' ? encrypted.split('.') : [];
    const key = this.decrypting.get(id);
    const nonce = strictly(nonceText);
    const body = strictly(bodyText);
    if (version !== format || rest.length > 0 || nonce.length !== nonceLength || body.length < tagLength)
      throw new DamagedValueError('The encrypted value is not an envelope, or was cut off.');
    if (!key)
      throw new MissingKeyError(`The encrypted value names ${nameOf(id)}, which the key ring does not have.`);
    return { key, nonce, body };
  }
}

/** The fingerprint is a keyed hash of a fixed text: it distinguishes keys and reveals none. */
function infoOf(id: string, key: KeyObject): KeyInfo {
  const hash = createHmac('sha256', key).update('typeorm-unit-of-work: fingerprint').digest('hex');
  return { id, prefix: prefixOf(id), fingerprint: (hash.slice(0, 16).match(/.{4}/g) ?? []).join('-') };
}

/** An id as a message may show it; any other text is not repeated. */
function nameOf(id: string): string {
  return idForm.test(id) ? `the key "${id}"` : 'a key';
}

function prefixOf(id: string): string {
  return `${format}.${id}.`;
}

interface Envelope {
  readonly key: KeyObject;
  readonly nonce: Buffer;
  readonly body: Buffer;
}

function open({ key, nonce, body }: Envelope, context: EncryptionContext): string {
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  decipher.setAAD(associated(context));
  decipher.setAuthTag(body.subarray(-tagLength));
  return Buffer.concat([decipher.update(body.subarray(0, -tagLength)), decipher.final()]).toString('utf8');
}

/** JSON separates the parts, whatever they contain. */
function associated({ purpose, ownerId, id }: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify([format, purpose, ownerId, id]), 'utf8');
}

/** Node accepts more than one spelling of base64url; only the one that `encrypt` writes is accepted, so that every edit is noticed. */
function strictly(text = ''): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : Buffer.alloc(0);
}
