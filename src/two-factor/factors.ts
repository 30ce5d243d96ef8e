import { backupCodes, emailCode, totp, type Factor } from 'nestjs-two-factor';
import { webauthn } from 'nestjs-two-factor/webauthn';

/** The factors that this portal offers; another one is another line. */
export const factors: readonly Factor[] = [
  // an authenticator app on a phone
  totp(),
  // a passkey or security key
  webauthn(),
  // a code by mail, for customers with neither; offered if `MAILED_CODES` says so
  emailCode({ passwordReset: 'guarded' }),
  // for a lost phone
  backupCodes(),
];
