import { insideUnit } from './unit-context.js';

/** Asking for a turn inside the unit that has it would wait for itself for ever. */
const selfWait =
  'Used from outside while inside a unit of work, which would wait for itself. ' +
  'Inside a unit use only the EntityManager, or the stores, that the unit was given.';

interface Waiting {
  readonly who: object;
  readonly go: () => void;
}

/** One at a time, first in, first out. */
export class Turns {
  private holder: object | null = null;
  private waiting: Waiting[] = [];

  /** `patience`: how long anybody waits for a turn before giving up, in milliseconds. */
  constructor(private readonly patience = 30_000) {}

  heldBy(who: object): boolean {
    return this.holder === who;
  }

  /** @throws Error when asked from inside the unit that has the turn, or when `patience` ran out. */
  async enter(who: object): Promise<void> {
    if (insideUnit((holder) => this.heldBy(holder))) throw new Error(selfWait);
    if (this.holder === null) this.holder = who;
    else await this.wait(who);
  }

  /** Does nothing unless `who` has the turn. */
  leave(who: object): void {
    if (this.holder !== who) return;
    const next = this.waiting.shift();
    this.holder = next?.who ?? null;
    next?.go();
  }

  private wait(who: object): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((each) => each.who !== who);
        reject(new Error(`No turn within ${this.patience} ms. ${selfWait}`));
      }, this.patience);
      const go = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.waiting.push({ who, go });
    });
  }
}
