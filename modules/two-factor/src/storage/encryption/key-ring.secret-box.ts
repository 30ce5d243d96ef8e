import { DamagedValueError, parseKeyRing, type KeyInfo, type KeyRing } from 'typeorm-unit-of-work/encryption';
import { DamagedFactor } from '../../core/common/errors.js';
import {
  Encryption,
  type EncryptionKey,
  type EncryptionContext,
} from '../../core/contracts/ports/encryption.js';

/** The port on a key ring of `typeorm-unit-of-work`; it turns the ring's errors into those of the core. */
export class KeyRingSecretBox extends Encryption {
  readonly keys: readonly [EncryptionKey, ...EncryptionKey[]];

  constructor(private readonly ring: KeyRing) {
    super();
    const [first, ...others] = ring.keys;
    this.keys = [cardOf(first), ...others.map(cardOf)];
  }

  override seal(plain: string, { purpose, accountId, id }: EncryptionContext): string {
    return this.ring.encrypt(plain, { purpose, ownerId: accountId, id });
  }

  override open(sealed: string, { purpose, accountId, id }: EncryptionContext): string {
    try {
      return this.ring.decrypt(sealed, { purpose, ownerId: accountId, id });
    } catch (error) {
      if (!(error instanceof DamagedValueError)) throw error;
      throw new DamagedFactor(error.message, { cause: error });
    }
  }

  override keyOf(sealed: string): Pick<EncryptionKey, 'id' | 'prefix'> | null {
    const name = this.ring.keyOf(sealed);
    return name && { id: name.id, prefix: name.prefix };
  }
}

/**
 * Parses the text of a key ring, see `parseKeyRing`, and returns the port.
 * @throws Error with a sentence for the operator.
 */
export function secretBoxOf(keys: string): Encryption {
  return new KeyRingSecretBox(parseKeyRing(keys));
}

function cardOf({ id, prefix, fingerprint }: KeyInfo): EncryptionKey {
  return { id, prefix: prefix, fingerprint };
}
