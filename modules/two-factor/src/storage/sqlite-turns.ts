import { Turns } from './turns.js';

const known = new WeakMap<object, Turns>();

/** Has this driver's database one queue? */
export function turnsOf(driver: object): Turns | undefined {
  return known.get(driver);
}

/** From now on it has. */
export function takeTurns(driver: object): Turns {
  const turns = new Turns();
  known.set(driver, turns);
  return turns;
}
