import { timingSafeEqual } from 'node:crypto';
import type {
  Delivery,
  EnrollmentVerdict,
  FactorData,
  FactorRecord,
  PrimaryBehaviour,
  PrimaryFactor,
  Proof,
  Verdict,
} from '../../core/contracts/factor.js';
import type { CodeChannel } from '../../core/contracts/ports/code-channel.js';
import { codeOf, newCode, sentCode, shown, usedCode } from './email-code.data.js';
import { EmailCodeForm } from './email-code.dto.js';
import { emailCodeOptions, lives, tries, type EmailCodeOptions } from './email-code.options.js';

const malformed = { ok: false, reason: 'malformed' } as const;
const wrong = { ok: false, reason: 'wrong' } as const;

/**
 * Codes by mail, to the account's own address: eight digits, each good once, for ten minutes, where it was asked for. The weakest
 * kind, for customers who have neither phone nor key: not for staff, and not under `strict` (NIST SP 800-63B-4 §3.1.3.1 takes no mail).
 * @throws RangeError where mail alone would bring both factors.
 */
export function emailCode(options: EmailCodeOptions): PrimaryFactor {
  emailCodeOptions(options);
  return {
    kind: 'email-code',
    role: 'primary',
    multiple: false,
    form: EmailCodeForm,
    draftTtlMs: lives,
    guessable: true,
    allowStaff: false,
    allowedInStrict: false,
    matches: (text) => codeOf(text) !== null,
    create: ({ mail }) => new EmailCodes(mail),
  };
}

class EmailCodes implements PrimaryBehaviour {
  readonly delivery: Delivery;

  constructor(channel: CodeChannel) {
    this.delivery = {
      channel,
      ttlMs: lives,
      maxAttempts: tries,
      make: ([record]) => ({ code: newCode(record && usedCode(record.data)) }),
      message: (challengeState) => ({ template: 'code', model: { code: shown(sentCode(challengeState)) } }),
    };
  }

  async beginEnrollment(): Promise<FactorData> {
    return { code: newCode() };
  }

  /** The code is in the mail, and nowhere else. */
  async showDraft() {
    return { page: {}, json: {} };
  }

  async finishEnrollment(draft: FactorData, proof: Proof): Promise<EnrollmentVerdict> {
    const code = codeOf(proof.code);
    if (code === null) return malformed;
    return same(sentCode(draft), code) ? { ok: true, data: { used: code } } : wrong;
  }

  async prompt() {
    return { show: {} };
  }

  /** The last used code is distinguished from a wrong one, so that a second click costs nothing. */
  async verify({ data }: FactorRecord, proof: Proof, challengeState?: FactorData): Promise<Verdict> {
    const code = codeOf(proof.code);
    if (code === null) return malformed;
    if (same(usedCode(data), code)) return { ok: false, reason: 'used' };
    if (!challengeState) return { ...wrong, hint: { unsent: true } };
    return same(sentCode(challengeState), code) ? { ok: true, data: { used: code } } : wrong;
  }
}

function same(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
