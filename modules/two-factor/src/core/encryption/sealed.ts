/** Injection token of everything the key ring seals: the module's own, then the host's. */
export const SEALED = Symbol('nestjs-two-factor:sealed');
