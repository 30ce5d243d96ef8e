import assert from 'node:assert/strict';

import { MailChannel } from '../core/challenges/mail-channel.js';
import type { Account } from '../core/common/account.js';
import type {
  Factor,
  FactorData,
  FactorRecord,
  FactorTools,
  PrimaryBehaviour,
  PrimaryFactor,
  Proof,
  RecoveryBehaviour,
  RecoveryFactor,
  SetUpInput,
  Verdict,
} from '../core/contracts/factor.js';

/** The data that the owner of a factor answers with. */
export interface TestChallenge {
  /** The draft of a primary factor; empty for a recovery factor. */
  readonly draft: FactorData;
  /** The codes that a recovery factor issued; empty for a primary one. */
  readonly codes: readonly string[];
  /** The challenge state from `prompt`; absent at enrollment. */
  readonly challengeState?: FactorData;
  /** UTC, milliseconds since 1970. */
  readonly now: number;
}

/** The correct and wrong answers of a kind's owners. */
export interface TestAnswers {
  /** The correct answer. For kinds with many answers it differs a minute later. */
  right(question: TestChallenge): Proof | Promise<Proof>;
  /** Well-formed, but wrong; derived from a correct answer, so that it differs. */
  wrong(right: Proof): Proof;
  /** Answers that no owner would send. */
  readonly malformed: readonly Proof[];
  /** For kinds with a set-up form: the input of its fields. */
  readonly setUp?: {
    readonly input: SetUpInput;
    /** Input that the form refuses. */
    readonly malformed: readonly SetUpInput[];
  };
  /** Members of the stored data that the question may show, e.g. which keys can answer it. */
  readonly open?: readonly string[];
  /** Members of the stored data that records of an older release lack. */
  readonly optional?: readonly string[];
}

export const owner: Account = {
  id: '7',
  label: 'Ann Example',
  email: 'ann@example.com',
  stamp: '1',
  staff: false,
};

/** A fixed clock, and the tools around it. */
export class Setting {
  now = Date.UTC(2030, 0, 1);
  readonly tools: FactorTools = {
    clock: { now: () => this.now },
    issuer: 'Example Hosting',
    origins: ['https://portal.example'],
    strict: false,
    hashCost: 2 ** 10,
    mail: new MailChannel({ send: async () => undefined }),
  };
}

/** A new factor: its behaviour, its owner's data, and its stored data. */
interface CreatedFactor {
  readonly behaviour: PrimaryBehaviour | RecoveryBehaviour;
  readonly question: Pick<TestChallenge, 'draft' | 'codes'>;
  readonly data: FactorData;
}

/** A person who has the factor, with its record as storage returns it. */
export class FactorOwner {
  /** The last challenge state, for kinds that need it for an answer. */
  private challengeState: FactorData | undefined;

  /** The challenge state of the last correct answer. */
  get asked(): FactorData | undefined {
    return this.challengeState;
  }

  private constructor(
    readonly setting: Setting,
    private readonly answers: TestAnswers,
    private readonly made: CreatedFactor,
    readonly record: FactorRecord,
  ) {}

  get behaviour(): PrimaryBehaviour | RecoveryBehaviour {
    return this.made.behaviour;
  }

  static async create(factor: Factor, answers: TestAnswers): Promise<FactorOwner> {
    const setting = new Setting();
    const made =
      factor.role === 'primary' ? await enrolled(factor, answers, setting) : await issued(factor, setting);
    const record = recordOf(factor.kind, made.data, setting.now);
    setting.now += 60_000;
    return new FactorOwner(setting, answers, made, record);
  }

  async rightAnswer(): Promise<Proof> {
    this.challengeState = await this.askedOf(this.record);
    return this.answers.right({
      ...this.made.question,
      challengeState: this.challengeState,
      now: this.setting.now,
    });
  }

  /** Verifies with the challenge state of the last correct answer, else with a new one. */
  async factorMatcher(proof: Proof, data: FactorData = this.record.data): Promise<Verdict> {
    const record = { ...this.record, data: stored(data) };
    return this.behaviour.verify(record, proof, this.challengeState ?? (await this.askedOf(record)));
  }

  /** The challenge state of a kind with mailed codes, with the code as the mail contains it. */
  private async askedOf(record: FactorRecord): Promise<FactorData | undefined> {
    const { behaviour } = this;
    if ('delivery' in behaviour && behaviour.delivery) return stored(behaviour.delivery.make([record]));
    return (await behaviour.prompt(owner, [record])).challengeState;
  }

  /** After an accepted answer the next one needs a new question: a question is answered once. */
  isAskedAnew(): void {
    this.challengeState = undefined;
  }
}

/** Data as storage returns it: converted through JSON, and read-only. */
export function stored(data: FactorData): FactorData {
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) => Object.freeze(value)) as FactorData;
}

function recordOf(kind: string, data: FactorData, createdAt: number): FactorRecord {
  return { id: 'f1', kind, label: 'My factor', data: stored(data), createdAt, lastUsedAt: null };
}

async function enrolled(
  factor: PrimaryFactor,
  answers: TestAnswers,
  setting: Setting,
): Promise<CreatedFactor> {
  const behaviour = factor.create(setting.tools);
  const question = {
    draft: stored(await behaviour.beginEnrollment(owner, [], answers.setUp?.input ?? {})),
    codes: [],
  };
  const proof = await answers.right({ ...question, now: setting.now });
  const outcome = await behaviour.finishEnrollment(question.draft, proof);
  assert(outcome.ok, 'a right answer finishes the enrolment');
  return { behaviour, question, data: outcome.data };
}

async function issued(factor: RecoveryFactor, setting: Setting): Promise<CreatedFactor> {
  const behaviour = factor.create(setting.tools);
  const { data, codes } = await behaviour.issue(owner);
  return { behaviour, question: { draft: {}, codes }, data };
}
