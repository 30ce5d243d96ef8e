/** A class that can be constructed. */
export type Type<T = object> = new (...args: never[]) => T;
