import { fileURLToPath } from 'node:url';
import type {
  Account,
  Delivery,
  EnrollmentVerdict,
  FactorAccount,
  FactorData,
  FactorRecord,
  PrimaryBehaviour,
  PrimaryFactor,
  Proof,
  SetUpInput,
  Verdict,
} from 'nestjs-two-factor';
import { maskedNumber, phoneNumber } from './phone-number.js';
import { SmsChannel } from './sms-channel.js';
import { codeOf, keptCode, newCode, same, shown } from './sms-code.data.js';
import { SmsCodeForm, SmsNumberForm } from './sms-code.forms.js';
import { checkOptions, lives, tries, type SmsCodeOptions } from './sms-code.options.js';
import { smsTextEn } from './sms-text.js';

const malformed = { ok: false, reason: 'malformed' } as const;
const wrong = { ok: false, reason: 'wrong' } as const;
const folder = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/**
 * Codes by SMS to a number that its owner proves. A code has eight digits and is valid once, for ten minutes, in the
 * place of its request. SMS is a restricted authenticator (NIST SP 800-63B-4 §3.1.3.3): not for staff, and not under
 * `strict`.
 * @throws RangeError where the phone alone would be both factors.
 */
export function smsCode(options: SmsCodeOptions): PrimaryFactor {
  checkOptions(options);
  const { sender, text = smsTextEn } = options;
  return {
    kind: 'sms-code',
    role: 'primary',
    multiple: false,
    draftTtlMs: lives,
    form: SmsCodeForm,
    setUpForm: SmsNumberForm,
    guessable: true,
    allowStaff: false,
    allowedInStrict: false,
    matches: (typed) => codeOf(typed) !== null,
    templates: folder('templates'),
    messages: folder('messages'),
    create: ({ issuer }) => new SmsCodes(new SmsChannel(sender, text, issuer)),
  };
}

class SmsCodes implements PrimaryBehaviour {
  readonly delivery: Delivery;

  constructor(private readonly channel: SmsChannel) {
    this.delivery = {
      channel,
      ttlMs: lives,
      maxAttempts: tries,
      make: ([record]) => ({ code: newCode(record && keptCode(record.data, 'used')) }),
      message: (challengeState) => ({
        template: 'code',
        model: { code: shown(keptCode(challengeState, 'code')) },
      }),
    };
  }

  async beginEnrollment(
    _account: FactorAccount,
    _records: readonly FactorRecord[],
    { number }: SetUpInput,
  ): Promise<FactorData> {
    const normal = phoneNumber(number);
    if (normal === null) throw new RangeError('smsCode: the set-up form let a number through that is none.');
    return { number: normal, code: newCode() };
  }

  /** Only the message contains the code. */
  async showDraft() {
    return { page: {}, json: {} };
  }

  async finishEnrollment(draft: FactorData, proof: Proof): Promise<EnrollmentVerdict> {
    const code = codeOf(proof.code);
    if (code === null) return malformed;
    if (!same(keptCode(draft, 'code'), code)) return wrong;
    return { ok: true, data: { number: this.numberOf(draft), used: code } };
  }

  async prompt() {
    return { show: {} };
  }

  describe(data: FactorData) {
    return { number: maskedNumber(this.numberOf(data)) };
  }

  /** The last used code is distinguished from a wrong one, so that a second click costs nothing. */
  async verify({ data }: FactorRecord, proof: Proof, challengeState?: FactorData): Promise<Verdict> {
    const [number, used, code] = [this.numberOf(data), keptCode(data, 'used'), codeOf(proof.code)];
    if (code === null) return malformed;
    if (same(used, code)) return { ok: false, reason: 'used' };
    if (!challengeState) return { ...wrong, hint: { unsent: true } };
    return same(keptCode(challengeState, 'code'), code) ? { ok: true, data: { number, used: code } } : wrong;
  }

  private numberOf(data: FactorData): string {
    return this.channel.destination({} as Account, data);
  }
}
