import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** The properties in which keys differ. */
export interface SoftPasskeyTraits {
  /** Whether it counts its signatures. Security keys do; synced passkeys do not. Default: false. */
  readonly counts?: boolean;
  /** Whether it is copied to its owner's other devices. Default: true. */
  readonly synced?: boolean;
  /** Whether it verifies its user, by PIN, finger or face. Default: true. */
  readonly verifies?: boolean;
}

/** The part of the browser's options that is read. */
export interface SoftPasskeyPrompt {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id?: string };
  readonly user?: { readonly id: string };
}

const flag = { present: 0x01, verified: 0x04, portable: 0x08, synced: 0x10, attested: 0x40 } as const;

/**
 * A passkey in software (WebAuthn level 3 §6), for tests without a browser. It answers in the format of a browser's script.
 * ES256, no attestation.
 */
export class SoftPasskey {
  readonly id = randomBytes(32);
  /** Number of its signatures. */
  counter = 0;
  private userHandle: string | undefined;
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(private readonly traits: SoftPasskeyTraits = {}) {}

  /** Answers an enrollment, on a page of this origin. */
  registers(asked: SoftPasskeyPrompt, origin: string): string {
    this.userHandle = asked.user?.id;
    const authData = Buffer.concat([this.authData(asked, origin, flag.attested), this.attested()]);
    // { fmt: "none", attStmt: {}, authData }
    const head = Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex');
    const attestationObject = Buffer.concat([head, byteString(authData)]);
    return this.answer('webauthn.create', asked, origin, { attestationObject, transports: ['internal'] });
  }

  /** Answers a challenge, on a page of this origin. */
  answers(asked: SoftPasskeyPrompt, origin: string): string {
    if (this.traits.counts) this.counter += 1;
    const authData = this.authData(asked, origin, 0);
    const signed = Buffer.concat([authData, sha256(clientData('webauthn.get', asked, origin))]);
    const signature = sign('sha256', signed, this.keys.privateKey);
    const userHandle = Buffer.from(this.userHandle ?? '', 'base64url');
    return this.answer('webauthn.get', asked, origin, { authenticatorData: authData, signature, userHandle });
  }

  private answer(
    type: string,
    asked: SoftPasskeyPrompt,
    origin: string,
    parts: Readonly<Record<string, Buffer | string[]>>,
  ) {
    const response = { ...parts, clientDataJSON: clientData(type, asked, origin) };
    const id = this.id.toString('base64url');
    return JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {} }, text);
  }

  /** §6.1: the site, the flags of this answer, the number of signatures. */
  private authData({ rp, rpId = rp?.id }: SoftPasskeyPrompt, origin: string, extra: number): Buffer {
    const { verifies = true, synced = true } = this.traits;
    const flags =
      flag.present | extra | (verifies ? flag.verified : 0) | (synced ? flag.portable | flag.synced : 0);
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags, 0);
    tail.writeUInt32BE(this.counter, 1);
    return Buffer.concat([sha256(Buffer.from(rpId ?? new URL(origin).hostname)), tail]);
  }

  /** §6.5.1: no maker, the credential id, and the public key. */
  private attested(): Buffer {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    return Buffer.concat([Buffer.alloc(16), length, this.id, coseKey(this.keys.publicKey)]);
  }
}

function clientData(type: string, { challenge }: SoftPasskeyPrompt, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** { 1: EC2, 3: ES256, -1: P-256, -2: x, -3: y } (RFC 9053 §7.1.1) */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const [left, right] = [x, y].map((part) => Buffer.from(part, 'base64url'));
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    left ?? Buffer.alloc(0),
    Buffer.from('225820', 'hex'),
    right ?? Buffer.alloc(0),
  ]);
}

/** A CBOR byte string of 24 to 65535 bytes (RFC 8949 §3). */
function byteString(bytes: Buffer): Buffer {
  const head = bytes.length < 256 ? [0x58, bytes.length] : [0x59, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** A Buffer's `toJSON` has run before; bytes are written as base64url. */
function text(_key: string, value: unknown): unknown {
  const bytes = value as { type?: unknown; data?: readonly number[] } | null;
  return bytes?.type === 'Buffer' && bytes.data ? Buffer.from(bytes.data).toString('base64url') : value;
}
