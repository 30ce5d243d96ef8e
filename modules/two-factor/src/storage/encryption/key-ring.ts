import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { DamagedFactor } from '../../core/common/errors.js';
import {
  SecretBox,
  type KeyCard,
  type KeyName,
  type SealLabel,
} from '../../core/contracts/ports/secret-box.js';

/** One key of a ring: its name as it stands in every envelope, and 32 bytes. */
export interface RingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

// NIST SP 800-38D: a random nonce of 96 bits and a tag of 128. One key may seal 2^32 texts.
const algorithm = 'aes-256-gcm';
const nonceLength = 12;
const tagLength = 16;
const format = 'v1';
const idForm = /^[A-Za-z0-9_-]{1,32}$/;
const envelope = /^v1\.([A-Za-z0-9_-]{1,32})\.[\w-]{16}\.[\w-]{22,}$/;

/**
 * Seals with AES-256-GCM under the first key, and opens under any. An envelope reads `v1.<key id>.<nonce>.<ciphertext
 * and tag>`, the last two in base64url. Purpose, account, id and format are authenticated with it, so that a text
 * moved to another row does not open there.
 */
export class KeyRing extends SecretBox {
  readonly keys: readonly [KeyCard, ...KeyCard[]];
  // Key objects, which no log and no inspection shows the bytes of.
  private readonly opening: ReadonlyMap<string, KeyObject>;
  private readonly sealing: { readonly id: string; readonly key: KeyObject };

  /** The first key seals, all open. */
  constructor(first: RingKey, ...others: readonly RingKey[]) {
    super();
    this.sealing = { id: first.id, key: createSecretKey(first.bytes) };
    const opening = others.map(({ id, bytes }) => [id, createSecretKey(bytes)] as const);
    this.opening = new Map([[first.id, this.sealing.key], ...opening]);
    this.keys = [cardOf(first.id, this.sealing.key), ...opening.map(([id, key]) => cardOf(id, key))];
  }

  override seal(plain: string, label: SealLabel): string {
    const { id, key } = this.sealing;
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagLength });
    cipher.setAAD(associated(label));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [format, id, nonce.toString('base64url'), body.toString('base64url')].join('.');
  }

  override open(sealed: string, label: SealLabel): string {
    const envelope = this.read(sealed);
    try {
      return unseal(envelope, label);
    } catch (cause) {
      throw new DamagedFactor('The sealed text was edited, or belongs to another row.', { cause });
    }
  }

  override keyOf(sealed: string): KeyName | null {
    const id = envelope.exec(sealed)?.[1];
    return id === undefined ? null : { id, front: frontOf(id) };
  }

  private read(sealed: unknown): Envelope {
    const [version, id = '', nonceText, bodyText, ...rest] =
      typeof sealed === 'string' ? sealed.split('.') : [];
    const key = this.opening.get(id);
    const nonce = strictly(nonceText);
    const body = strictly(bodyText);
    if (version !== format || rest.length > 0 || nonce.length !== nonceLength || body.length < tagLength)
      throw new DamagedFactor('The sealed text is not an envelope, or was cut off.');
    if (!key)
      throw new DamagedFactor(`The sealed text names ${nameOf(id)}, which the key ring does not have.`);
    return { key, nonce, body };
  }
}

/** The fingerprint is a keyed hash of a fixed text: it tells keys apart, and leads to none. */
function cardOf(id: string, key: KeyObject): KeyCard {
  const hash = createHmac('sha256', key).update('nestjs-two-factor: fingerprint').digest('hex');
  return { id, front: frontOf(id), fingerprint: (hash.slice(0, 16).match(/.{4}/g) ?? []).join('-') };
}

/** An id as it may be told; whatever else stands in its place is not repeated. */
function nameOf(id: string): string {
  return idForm.test(id) ? `the key "${id}"` : 'a key';
}

function frontOf(id: string): string {
  return `${format}.${id}.`;
}

interface Envelope {
  readonly key: KeyObject;
  readonly nonce: Buffer;
  readonly body: Buffer;
}

function unseal({ key, nonce, body }: Envelope, label: SealLabel): string {
  const opening = createDecipheriv(algorithm, key, nonce, { authTagLength: tagLength });
  opening.setAAD(associated(label));
  opening.setAuthTag(body.subarray(-tagLength));
  return Buffer.concat([opening.update(body.subarray(0, -tagLength)), opening.final()]).toString('utf8');
}

/** JSON keeps the parts apart, whatever stands in them. */
function associated({ purpose, accountId, id }: SealLabel): Buffer {
  return Buffer.from(JSON.stringify([format, purpose, accountId, id]), 'utf8');
}

/** Node reads base64url generously; only the one spelling that `seal` writes is taken, so that no edit goes unseen. */
function strictly(text = ''): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : Buffer.alloc(0);
}
