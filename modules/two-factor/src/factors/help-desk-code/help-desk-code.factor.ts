import { createHash, timingSafeEqual } from 'node:crypto';
import type {
  FactorData,
  FactorRecord,
  Proof,
  RecoveryBehaviour,
  RecoveryFactor,
  Verdict,
} from '../../core/contracts/factor.js';
import { DamagedFactor } from '../../core/common/errors.js';
import { codeOf, newCode, shown } from './code-text.js';
import { HelpDeskCodeForm } from './help-desk-code.dto.js';
import { helpDeskCodeEvents } from './help-desk-code.events.js';

/** The name of this kind, which no other kind may have. */
export const helpDeskCodeKind = 'help-desk-code';

/** A code that staff hand out for one sign-in (reset mode `one-time-code`). Every host has this kind. */
export function helpDeskCode(): RecoveryFactor {
  return {
    kind: helpDeskCodeKind,
    role: 'recovery',
    handedOut: true,
    events: helpDeskCodeEvents,
    notices: { issued: 'reset-one-time-code', used: 'help-desk-code-used' },
    multiple: false,
    guessable: false,
    matches: (text) => codeOf(text) !== null,
    form: HelpDeskCodeForm,
    create: () => new HelpDeskCode(),
  };
}

class HelpDeskCode implements RecoveryBehaviour {
  readonly leftField = 'helpDeskCodesLeft';

  async issue() {
    const code = newCode();
    return { data: { hash: hashOf(code) }, codes: [shown(code)], json: { code: shown(code) } };
  }

  left() {
    return { left: 1, of: 1 };
  }

  async prompt() {
    return { show: {} };
  }

  async verify({ data }: FactorRecord, proof: Proof): Promise<Verdict> {
    const code = codeOf(proof.code);
    if (code === null) return { ok: false, reason: 'malformed' };
    return isSame(storedHash(data), hashOf(code)) ? { ok: true } : { ok: false, reason: 'wrong' };
  }
}

/** SHA-256 is enough for 66 random bits that are valid for minutes; the hash is stored encrypted besides. */
function hashOf(code: string): string {
  return createHash('sha256').update(`${helpDeskCodeKind}\n${code}`).digest('base64');
}

function isSame(stored: string, given: string): boolean {
  return timingSafeEqual(Buffer.from(stored, 'base64'), Buffer.from(given, 'base64'));
}

/** @throws DamagedFactor */
function storedHash({ hash }: FactorData): string {
  if (typeof hash === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(hash)) return hash;
  throw new DamagedFactor('A code of the help desk is damaged.');
}
