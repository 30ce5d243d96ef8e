import { generateSecret } from 'otplib';
import QRCode from 'qrcode';

import type {
  EnrollmentVerdict,
  FactorAccount,
  FactorData,
  FactorRecord,
  FactorTools,
  PrimaryBehaviour,
  PrimaryFactor,
  Proof,
  Verdict,
  View,
} from '../../core/contracts/factor.js';
import { typedCode } from '../../core/common/typed-code.js';

import { clockHint, slowHint } from './clock-hint.js';
import { keyUri } from './key-uri.js';
import { acceptedSteps, matchingStep, stepAt } from './steps.js';
import type { StepAttempt, StepRange } from './steps.js';
import { secretOf, storedData } from './totp.data.js';
import { TotpForm } from './totp.dto.js';
import { secretBytes, totpOptions } from './totp.options.js';
import type { TotpOptions } from './totp.options.js';

/**
 * Codes of an authenticator app: TOTP (RFC 6238) with SHA-1, 6 digits, 30 seconds and a secret of 160 bits.
 * @throws RangeError for an invalid option.
 */
export function totp(options?: Partial<TotpOptions>): PrimaryFactor {
  const chosen = totpOptions(options);
  return {
    kind: 'totp',
    role: 'primary',
    multiple: true,
    guessable: true,
    matches: (text) => codeOf(text) !== null,
    form: TotpForm,
    create: (tools) => new AuthenticatorApp(tools, chosen),
  };
}

/** Six ASCII digits; NFKC does not change digits of other scripts, so they are refused. */
function codeOf(text: unknown): string | null {
  const code = typedCode(text);
  return /^[0-9]{6}$/.test(code) ? code : null;
}

class AuthenticatorApp implements PrimaryBehaviour {
  private readonly scope: StepRange;

  constructor(
    private readonly tools: FactorTools,
    private readonly options: TotpOptions,
  ) {
    this.scope = { back: options.stepsBack, ahead: tools.strict ? 0 : options.stepsAhead };
  }

  async beginEnrollment(): Promise<FactorData> {
    return { secret: generateSecret({ length: secretBytes }) };
  }

  async showDraft(account: FactorAccount, draft: FactorData) {
    const secret = secretOf(draft);
    const uri = keyUri(this.options.issuer ?? this.tools.issuer, account.email, secret);
    return { page: { uri, groups: secret.match(/.{4}/g), svg: await qrCode(uri) }, json: { secret, uri } };
  }

  async finishEnrollment(draft: FactorData, proof: Proof): Promise<EnrollmentVerdict> {
    const code = codeOf(proof.code);
    if (code === null) {
      return { ok: false, reason: 'malformed' };
    }
    const attempt = this.attempt(secretOf(draft), code);
    const match = await matchingStep(attempt, acceptedSteps(attempt.step, this.scope));
    // The mark is set to the step that was just verified, so that the same code cannot also sign in.
    return match === null
      ? wrong(await clockHint(attempt))
      : { ok: true, data: { secret: attempt.secret, lastStep: match } };
  }

  async prompt() {
    return { show: {} };
  }

  async verify(record: FactorRecord, proof: Proof): Promise<Verdict> {
    const code = codeOf(proof.code);
    if (code === null) {
      return { ok: false, reason: 'malformed' };
    }
    const { secret, lastStep } = storedData(record.data);
    const attempt = this.attempt(secret, code);
    // Lowest first: a code may by chance belong to two neighbouring steps, and must use up the earlier one only.
    const fresh = acceptedSteps(attempt.step, this.scope).filter((step) => step > lastStep);
    const match = await matchingStep(attempt, fresh);
    return match === null ? this.refusal(attempt, lastStep) : { ok: true, data: { secret, lastStep: match } };
  }

  private async refusal(attempt: StepAttempt, lastStep: number): Promise<Verdict> {
    // The mark itself is included: minutes later, or after the clock was set back, its code is still a used one.
    const spent = [lastStep, ...acceptedSteps(attempt.step, this.scope)];
    if ((await matchingStep(attempt, spent)) !== null) {
      return { ok: false, reason: 'used' };
    }
    return wrong(this.tools.strict ? null : await slowHint(attempt));
  }

  private attempt(secret: string, code: string): StepAttempt {
    return { secret, code, step: stepAt(this.tools.clock.now()) };
  }
}

function wrong(hint: View | null) {
  return { ok: false, reason: 'wrong', ...(hint && { hint }) } as const;
}

/** The URI as an inline SVG with a white margin, so that it can be scanned on a dark page too. */
async function qrCode(uri: string): Promise<string> {
  const svg = await QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 4, width: 256 });
  return svg.trim();
}
