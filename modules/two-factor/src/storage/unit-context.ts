import { AsyncLocalStorage } from 'node:async_hooks';

/** A unit of work, as far as the code running inside it carries it along. */
interface Unit {
  /** Who has the turn for it, once it has begun. */
  holder: object | null;
  readonly outer: Unit | undefined;
}

const units = new AsyncLocalStorage<Unit>();

/** Runs `work` so that everything it starts is known to run inside one unit. */
export function asUnit<T>(work: () => Promise<T>): Promise<T> {
  return units.run({ holder: null, outer: units.getStore() }, work);
}

/** Tells the unit at hand, if any, who took the turn for it. */
export function beginUnit(holder: object): void {
  const unit = units.getStore();
  if (unit) unit.holder ??= holder;
}

/** Is this code running inside a unit whose holder `holds` the turn at this moment? */
export function insideUnit(holds: (holder: object) => boolean): boolean {
  let unit = units.getStore();
  while (unit && !(unit.holder && holds(unit.holder))) unit = unit.outer;
  return unit !== undefined;
}
