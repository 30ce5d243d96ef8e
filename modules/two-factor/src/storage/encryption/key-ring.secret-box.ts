import { DamagedValueError, parseKeyRing, type KeyInfo, type KeyRing } from 'typeorm-unit-of-work/encryption';
import { DamagedFactor } from '../../core/common/errors.js';
import {
  SecretBox,
  type KeyCard,
  type KeyName,
  type SealLabel,
} from '../../core/contracts/ports/secret-box.js';

/** The port on a key ring of `typeorm-unit-of-work`, whose errors become those of the core. */
export class KeyRingSecretBox extends SecretBox {
  readonly keys: readonly [KeyCard, ...KeyCard[]];

  constructor(private readonly ring: KeyRing) {
    super();
    const [first, ...others] = ring.keys;
    this.keys = [cardOf(first), ...others.map(cardOf)];
  }

  override seal(plain: string, { purpose, accountId, id }: SealLabel): string {
    return this.ring.encrypt(plain, { purpose, ownerId: accountId, id });
  }

  override open(sealed: string, { purpose, accountId, id }: SealLabel): string {
    try {
      return this.ring.decrypt(sealed, { purpose, ownerId: accountId, id });
    } catch (error) {
      if (!(error instanceof DamagedValueError)) throw error;
      throw new DamagedFactor(error.message, { cause: error });
    }
  }

  override keyOf(sealed: string): KeyName | null {
    const name = this.ring.keyOf(sealed);
    return name && { id: name.id, front: name.prefix };
  }
}

/**
 * Reads the text of a key ring, see `parseKeyRing`, as the port.
 * @throws Error with a sentence for the operator.
 */
export function secretBoxOf(keys: string): SecretBox {
  return new KeyRingSecretBox(parseKeyRing(keys));
}

function cardOf({ id, prefix, fingerprint }: KeyInfo): KeyCard {
  return { id, front: prefix, fingerprint };
}
