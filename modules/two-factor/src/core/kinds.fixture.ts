import { DamagedFactor } from './errors.js';
import type {
  Enrolled,
  FactorData,
  FactorRecord,
  FactorTools,
  PrimaryBehaviour,
  PrimaryFactor,
  Proof,
  RecoveryBehaviour,
  RecoveryFactor,
  Verdict,
} from './factor.js';

/** Length of a step of `Numbers`. */
const STEP = 30_000;

class Form implements Proof {
  readonly code?: string;
}

/** What the kinds of these tests share: they count how often they were asked, and can be made to fail. */
class Watched {
  /** How many answers were looked at. */
  looks = 0;
  /** Thrown instead of answering. */
  failure: Error | null = null;

  protected look(): void {
    this.looks += 1;
    if (this.failure) throw this.failure;
  }
}

/** A primary kind: three digits of its owner's, three of the step; good once, one step early or late. */
export class Numbers extends Watched implements PrimaryBehaviour {
  private made = 0;
  private tools: FactorTools;
  readonly factor: PrimaryFactor;

  constructor(kind = 'numbers', many = false) {
    super();
    const create = (tools: FactorTools): PrimaryBehaviour => {
      this.tools = tools;
      return this;
    };
    const reads = (text: string): boolean => /^\d{6}$/.test(text);
    this.factor = { kind, role: 'primary', many, guessable: true, reads, form: Form, create };
  }

  /** The code an owner has `steps` from now. */
  code({ secret }: FactorData, steps = 0): string {
    return codeAt(String(secret), this.step() + steps);
  }

  async beginEnrolment(): Promise<FactorData> {
    this.made += 1;
    return { secret: String(100 + this.made) };
  }

  async showDraft(_account: unknown, draft: FactorData) {
    return { page: draft, json: draft };
  }

  async finishEnrolment({ secret }: FactorData, { code = '' }: Proof): Promise<Enrolled> {
    this.look();
    if (!this.factor.reads(code)) return { ok: false, reason: 'malformed' };
    const last = this.window().find((step) => codeAt(String(secret), step) === code);
    return last === undefined ? { ok: false, reason: 'wrong' } : { ok: true, data: { secret, last } };
  }

  async prompt() {
    return { show: {} };
  }

  async verify({ data }: FactorRecord, { code }: Proof): Promise<Verdict> {
    this.look();
    const { secret, last } = data;
    if (typeof secret !== 'string' || typeof last !== 'number') throw new DamagedFactor('No secret.');
    const step = this.window().find((each) => codeAt(secret, each) === code);
    if (step === undefined) return { ok: false, reason: 'wrong' };
    return step > last ? { ok: true, data: { secret, last: step } } : { ok: false, reason: 'used' };
  }

  private window(): number[] {
    return [-1, 0, 1].map((away) => this.step() + away);
  }

  private step(): number {
    return Math.floor(this.tools.clock.now() / STEP);
  }
}

/** A code that is right for nobody. */
export const WRONG_NUMBER = '999999';

function codeAt(secret: string, step: number): string {
  return `${secret}${String(step % 900).padStart(3, '0')}`;
}

/** A recovery kind: a handful of words, each good once. */
export class Words extends Watched implements RecoveryBehaviour {
  private made = 0;
  readonly leftField = 'wordsLeft';
  readonly factor: RecoveryFactor;

  constructor(private readonly count = 5) {
    super();
    const reads = (text: string): boolean => /^word-\d+-\d+$/.test(text);
    const create = (): RecoveryBehaviour => this;
    this.factor = {
      kind: 'words',
      role: 'recovery',
      many: false,
      guessable: false,
      reads,
      form: Form,
      create,
    };
  }

  async issue() {
    this.made += 1;
    const codes = Array.from({ length: this.count }, (_, index) => `word-${this.made}-${index}`);
    return { data: { good: codes, used: [] }, codes, json: { words: codes } };
  }

  left({ good }: FactorData) {
    return { left: (good as string[]).length, of: this.count };
  }

  async prompt() {
    return { show: {} };
  }

  async verify({ data }: FactorRecord, { code = '' }: Proof): Promise<Verdict> {
    this.look();
    const [good, used] = [data['good'] as string[], data['used'] as string[]];
    if (used.includes(code)) return { ok: false, reason: 'used' };
    if (!good.includes(code)) return { ok: false, reason: 'wrong' };
    return { ok: true, data: { good: good.filter((each) => each !== code), used: [...used, code] } };
  }
}

/** A word that is in no set. */
export const WRONG_WORD = 'word-0-0';
