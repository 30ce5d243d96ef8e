import { FileTurns } from './file-turns.js';

const known = new WeakMap<object, FileTurns>();

/** Has this driver's database one queue? */
export function turnsOf(driver: object): FileTurns | undefined {
  return known.get(driver);
}

/** From now on it has, and waits so many milliseconds for other processes. */
export function takeTurns(driver: object, filePatience: number): FileTurns {
  const turns = new FileTurns(filePatience);
  known.set(driver, turns);
  return turns;
}
