import { AsyncLocalStorage } from 'node:async_hooks';
import { Mutex } from 'async-mutex';

/** How a store gets at its rows: at once inside a unit, else when no unit is open. */
export type Run = <T>(work: () => T) => Promise<T>;

interface Unit {
  readonly of: Turns;
  open: boolean;
}

/** The units that a piece of work runs in. One for all stores: Node 20 and 22 keep each until the process ends. */
const around = new AsyncLocalStorage<readonly Unit[]>();

/** One unit, or one call outside of any unit, at a time: first in, first out. */
export class Turns {
  private readonly mutex = new Mutex();

  /** @throws Error when asked from inside a unit, which would wait for itself for ever. */
  async take<T>(work: () => T | Promise<T>): Promise<T> {
    const units = around.getStore() ?? [];
    if (units.some(({ of, open }) => of === this && open))
      throw new Error('The stores themselves were used inside a unit; use the stores the unit was given.');
    const unit: Unit = { of: this, open: true };
    return this.mutex.runExclusive(async () => {
      try {
        return await around.run([...units, unit], work);
      } finally {
        unit.open = false;
      }
    });
  }
}
