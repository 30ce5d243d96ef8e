/** Returns the absolute address of a stop link; null where the host has no public address. */
export type StopAddress = (token: string) => string | null;

/** Injection token of the `StopAddress`. */
export const STOP_ADDRESS = Symbol('nestjs-two-factor:stop-address');
