import { randomBytes, timingSafeEqual } from 'node:crypto';

import type {
  FactorData,
  FactorRecord,
  FactorTools,
  Proof,
  RecoveryBehaviour,
  RecoveryFactor,
  Verdict,
} from '../../core/contracts/factor.js';

import { storedSet } from './backup-codes.data.js';
import type { BackupCodesData } from './backup-codes.data.js';
import { BackupCodesForm } from './backup-codes.dto.js';
import { backupCodesEvents } from './backup-codes.events.js';
import { backupCodesOptions } from './backup-codes.options.js';
import type { BackupCodesOptions } from './backup-codes.options.js';
import { CodeHasher } from './code-hasher.js';
import { codeOf, newCode, shown } from './code-text.js';

const saltBytes = 16;

/**
 * Backup codes: ten codes of 80 bits for a lost phone; each is valid once.
 * @throws RangeError for an invalid option.
 */
export function backupCodes(options?: Partial<BackupCodesOptions>): RecoveryFactor {
  const chosen = backupCodesOptions(options);
  return {
    kind: 'backup-codes',
    role: 'recovery',
    events: backupCodesEvents,
    notices: {
      issued: 'backup-codes-issued',
      used: 'backup-code-used',
      low: 'backup-codes-low',
      out: 'backup-codes-out',
    },
    multiple: false,
    guessable: false,
    matches: (text) => codeOf(text) !== null,
    form: BackupCodesForm,
    create: (tools) => new BackupCodeSet(tools, chosen),
  };
}

class BackupCodeSet implements RecoveryBehaviour {
  readonly leftField = 'backupCodesLeft';
  private readonly hasher = new CodeHasher();

  constructor(
    private readonly tools: FactorTools,
    private readonly options: BackupCodesOptions,
  ) {}

  async issue() {
    const salt = randomBytes(saltBytes).toString('base64');
    const cost = this.tools.hashCost ?? 2 ** 14;
    const fresh = Array.from({ length: this.options.count }, newCode);
    const hashes = await Promise.all(fresh.map((code) => this.hasher.hash(code, { salt, cost })));
    const of = fresh.length;
    const codes = fresh.map(shown);
    const data = { salt, cost, hashes, usedHashes: [], of, madeAt: this.tools.clock.now() };
    return { data, codes, json: { backupCodes: codes } };
  }

  left(data: FactorData) {
    const { hashes, of } = storedSet(data);
    return { left: hashes.length, of };
  }

  async prompt() {
    return { show: {} };
  }

  async verify(record: FactorRecord, proof: Proof): Promise<Verdict> {
    const code = codeOf(proof.code);
    if (code === null) {
      return { ok: false, reason: 'malformed' };
    }
    const set = storedSet(record.data);
    return judged(set, await this.hasher.hashOf(proof, code, set));
  }
}

function judged(set: BackupCodesData, hash: string): Verdict {
  const good = isAmong(set.hashes, hash);
  const used = isAmong(set.usedHashes, hash);
  return good ? { ok: true, data: usedUp(set, hash) } : { ok: false, reason: used ? 'used' : 'wrong' };
}

function usedUp(set: BackupCodesData, hash: string): FactorData {
  const hashes = set.hashes.filter((each) => each !== hash);
  return { ...set, hashes, usedHashes: [...set.usedHashes, hash] };
}

/** Always compares with all hashes, so that the duration does not reveal which one matched. */
function isAmong(hashes: readonly string[], hash: string): boolean {
  const sought = Buffer.from(hash, 'base64');
  return hashes.map((each) => timingSafeEqual(Buffer.from(each, 'base64'), sought)).includes(true);
}
