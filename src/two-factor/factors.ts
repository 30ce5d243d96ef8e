import { backupCodes, emailCode, totp, type Factor } from 'nestjs-two-factor';
import { webauthn } from 'nestjs-two-factor/webauthn';

/** The ways to prove it is you that this portal offers; one more is one more line. */
export const factors: readonly Factor[] = [
  // an authenticator app on a phone
  totp(),
  // a passkey or security key
  webauthn(),
  // a code by mail, for customers with neither; offered where `MAILED_CODES` says so
  emailCode({ passwordReset: 'guarded' }),
  // for the day the phone is gone
  backupCodes(),
];
