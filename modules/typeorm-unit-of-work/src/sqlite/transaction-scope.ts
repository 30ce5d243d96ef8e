import { AsyncLocalStorage } from 'node:async_hooks';

/** A transaction as the code that runs inside it sees it. */
interface Scope {
  /** The query runner that holds the mutex, once the transaction has begun. */
  owner: object | null;
  readonly outer: Scope | undefined;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Runs `work` so that everything it starts is known to run inside one transaction. */
export function inTransactionScope<T>(work: () => Promise<T>): Promise<T> {
  return scopes.run({ owner: null, outer: scopes.getStore() }, work);
}

/** Stores in the current scope, if there is one, which query runner holds the mutex. */
export function setScopeOwner(owner: object): void {
  const scope = scopes.getStore();
  if (scope) scope.owner ??= owner;
}

/** Returns true when the calling code runs inside a transaction with an owner that satisfies `holdsMutex`. */
export function isInsideTransaction(holdsMutex: (owner: object) => boolean): boolean {
  let scope = scopes.getStore();
  while (scope && !(scope.owner && holdsMutex(scope.owner))) scope = scope.outer;
  return scope !== undefined;
}
