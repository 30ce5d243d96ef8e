import { AsyncLocalStorage } from 'node:async_hooks';

/** How a store gets at its rows: at once inside a unit, else when no unit is open. */
export type Run = <T>(work: () => T) => Promise<T>;

/** One unit, or one call outside of any unit, at a time: first in, first out. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private readonly units = new AsyncLocalStorage<{ open: boolean }>();

  /** @throws Error when asked from inside a unit, which would wait for itself for ever. */
  async take<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.units.getStore()?.open)
      throw new Error('The stores themselves were used inside a unit; use the stores the unit was given.');
    const unit = { open: true };
    const turn = this.last.then(() => this.units.run(unit, work)).finally(() => (unit.open = false));
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
