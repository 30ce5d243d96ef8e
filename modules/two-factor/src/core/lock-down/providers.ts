import type { Type } from '../common/type.js';
import { LockDownEnd } from './lock-down-end.js';
import { LockDownUndo } from './lock-down-undo.js';
import { LockDowns } from './lock-downs.js';
import { OwnerStops } from './owner-stops.js';
import { ThrottledLockDowns } from './throttled-lock-downs.js';

/** The services of this folder. */
export const lockDownProviders: readonly Type[] = [
  LockDownEnd,
  LockDownUndo,
  LockDowns,
  OwnerStops,
  ThrottledLockDowns,
];
