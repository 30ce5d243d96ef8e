/** What a sealed text belongs to. Opened with any other label it is refused. */
export interface SealLabel {
  readonly purpose: string;
  readonly accountId: string;
  readonly id: string;
}

/** Seals what is kept at rest (AES-256-GCM under a key ring by default). */
export abstract class SecretBox {
  abstract seal(plain: string, label: SealLabel): string;

  /** @throws DamagedFactor when the text is edited, truncated, of an unknown key or of another label. */
  abstract open(sealed: string, label: SealLabel): string;
}
