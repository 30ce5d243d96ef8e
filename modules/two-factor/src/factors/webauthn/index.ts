// Passkeys and security keys: a separate entry point, since not every host has the library they need
export { webauthn } from './webauthn.factor.js';
export type { WebAuthnOptions } from './webauthn.options.js';
