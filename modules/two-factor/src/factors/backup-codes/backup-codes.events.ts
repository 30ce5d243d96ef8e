/** The events of this kind: each name, and when it is emitted. */
export const backupCodesEvents = {
  'two-factor.backup-codes.issued': 'A new set of backup codes was created; the older set is void.',
  'two-factor.backup-codes.used': 'A backup code was used, for a sign-in or a step-up.',
  'two-factor.backup-codes.running-low': 'Three or fewer backup codes are left.',
  'two-factor.backup-codes.exhausted': 'The last backup code was used.',
} as const;
