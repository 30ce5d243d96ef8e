/** The package's way to keep secrets at rest, used for the portal's own too: one key ring for both. */
export {
  DamagedFactor as Damaged,
  MissingKey,
  parseKeyRing,
  SealedTable,
  type SecretBox,
  WrongKey,
} from 'nestjs-two-factor';
