export { KeyRing, type EncryptionContext, type KeyInfo, type KeyName, type RingKey } from './key-ring.js';
export { parseKeyRing } from './parse-key-ring.js';
export { DamagedValueError, MissingKeyError } from './errors.js';
export { EncryptedColumn, type ColumnLocation, type EncryptedValue } from './encrypted-column.js';
