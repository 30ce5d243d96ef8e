import type { Type } from '../common/type.js';
import { AccountStateReader } from './account-state.js';
import { FactorSetWriter } from './factor-set-writer.js';
import { StatusReader } from './status-reader.js';

/** The services of this folder. */
export const accountsProviders: readonly Type[] = [FactorSetWriter, StatusReader, AccountStateReader];
