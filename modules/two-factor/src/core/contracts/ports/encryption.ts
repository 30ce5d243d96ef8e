/** The owner of a sealed text: purpose, account and row. A text that is opened with another label is refused. */
export interface EncryptionContext {
  readonly purpose: string;
  readonly accountId: string;
  readonly id: string;
}

/** A key as operators may see it. */
export interface EncryptionKey {
  readonly id: string;
  /** The prefix of every text that this key sealed, and of no other. */
  readonly prefix: string;
  /** Distinguishes keys of the same id; it reveals nothing about the key itself. */
  readonly fingerprint: string;
}

/** Encrypts stored values (AES-256-GCM under a key ring by default). */
export abstract class Encryption {
  /** The keys: the first one seals, all of them open. */
  abstract readonly keys: readonly [EncryptionKey, ...EncryptionKey[]];

  abstract seal(plain: string, label: EncryptionContext): string;

  /** @throws DamagedFactor when the text is edited, truncated, or sealed with an unknown key or another label. */
  abstract open(sealed: string, label: EncryptionContext): string;

  /** Returns the key that a sealed text names, even if the key ring lacks it; null when the text names none. */
  abstract keyOf(sealed: string): Pick<EncryptionKey, 'id' | 'prefix'> | null;
}
