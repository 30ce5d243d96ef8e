/** What a sealed text belongs to. Opened with any other label it is refused. */
export interface EncryptionContext {
  readonly purpose: string;
  readonly accountId: string;
  readonly id: string;
}

/** A key as sealed texts name it. */
export interface EncryptionKeyId {
  readonly id: string;
  /** How every text begins that it sealed, and no other. */
  readonly prefix: string;
}

/** A key of the box, as people may see it. */
export interface EncryptionKey extends EncryptionKeyId {
  /** Tells keys of one id apart; says nothing of what they are made of. */
  readonly fingerprint: string;
}

/** Seals what is kept at rest (AES-256-GCM under a key ring by default). */
export abstract class Encryption {
  /** Its keys; the first seals, all open. */
  abstract readonly keys: readonly [EncryptionKey, ...EncryptionKey[]];

  abstract seal(plain: string, label: EncryptionContext): string;

  /** @throws DamagedFactor when the text is edited, truncated, of an unknown key or of another label. */
  abstract open(sealed: string, label: EncryptionContext): string;

  /** The key that a sealed text names, whether the box has it or not; null when it names none. */
  abstract keyOf(sealed: string): EncryptionKeyId | null;
}
