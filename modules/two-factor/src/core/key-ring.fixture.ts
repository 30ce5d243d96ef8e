import { DamagedFactor } from './errors.js';
import { SecretBox, type KeyCard, type KeyName, type SealLabel } from './ports/secret-box.js';

/** A box of several keys that hides nothing: a text names its key and its label, and opens for nobody else. */
export class OpenRing extends SecretBox {
  readonly keys: readonly [KeyCard, ...KeyCard[]];

  constructor(first: string, ...others: string[]) {
    super();
    this.keys = [cardOf(first), ...others.map(cardOf)];
  }

  seal(plain: string, label: SealLabel): string {
    return `${this.keys[0].front}${nameOf(label)}\n${plain}`;
  }

  open(sealed: string, label: SealLabel): string {
    const key = this.keys.find(({ front }) => sealed.startsWith(`${front}${nameOf(label)}\n`));
    if (!key) throw new DamagedFactor('Of another key, or another label.');
    return sealed.slice(sealed.indexOf('\n') + 1);
  }

  keyOf(sealed: string): KeyName | null {
    const id = /^key-([a-z]+)\//.exec(sealed)?.[1];
    return id === undefined ? null : cardOf(id);
  }
}

function cardOf(id: string): KeyCard {
  return { id, front: `key-${id}/`, fingerprint: `print of ${id}` };
}

function nameOf({ purpose, accountId, id }: SealLabel): string {
  return [purpose, accountId, id].join('/');
}
