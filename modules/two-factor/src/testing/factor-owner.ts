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

/** What the owner of a factor has before them when they answer. */
export interface Question {
  /** The draft of a primary factor; empty for a recovery factor. */
  readonly draft: FactorData;
  /** The codes that were handed out of a recovery factor; empty for a primary one. */
  readonly codes: readonly string[];
  /** What `prompt` asked to be given back; absent at set-up. */
  readonly memo?: FactorData;
  /** UTC, milliseconds since 1970. */
  readonly now: number;
}

/** How the owners of a kind answer, rightly and wrongly. */
export interface Answers {
  /** The right answer; a minute later it is another one, for kinds that make many. */
  right(question: Question): Proof | Promise<Proof>;
  /** Well-formed, but no answer; made from a right one, so that it differs. */
  wrong(right: Proof): Proof;
  /** What no owner would ever send. */
  readonly malformed: readonly Proof[];
  /** Of kinds with a set-up form: what its fields are filled with. */
  readonly setUp?: {
    readonly input: SetUpInput;
    /** What the form refuses. */
    readonly malformed: readonly SetUpInput[];
  };
  /** Members of what is stored that the question may name, e.g. which keys can answer it. */
  readonly open?: readonly string[];
}

export const owner: Account = {
  id: '7',
  label: 'Ann Example',
  email: 'ann@example.com',
  stamp: '1',
  staff: false,
};

/** A clock that stands still until it is moved, and the tools around it. */
export class Setting {
  now = Date.UTC(2030, 0, 1);
  readonly tools: FactorTools = {
    clock: { now: () => this.now },
    issuer: 'Example Hosting',
    origins: ['https://portal.example'],
    strict: false,
    mail: new MailChannel({ send: async () => undefined }),
  };
}

/** A factor just made: how it behaves, what its owner has in hand, and what is stored of it. */
interface Made {
  readonly behaviour: PrimaryBehaviour | RecoveryBehaviour;
  readonly question: Pick<Question, 'draft' | 'codes'>;
  readonly data: FactorData;
}

/** Somebody who has the factor, with its record as it comes back from storage. */
export class FactorOwner {
  /** What was asked last, of kinds whose answers need their question. */
  private memo: FactorData | undefined;

  /** What was asked for the last right answer. */
  get asked(): FactorData | undefined {
    return this.memo;
  }

  private constructor(
    readonly setting: Setting,
    private readonly answers: Answers,
    private readonly made: Made,
    readonly record: FactorRecord,
  ) {}

  get behaviour(): PrimaryBehaviour | RecoveryBehaviour {
    return this.made.behaviour;
  }

  static async of(factor: Factor, answers: Answers): Promise<FactorOwner> {
    const setting = new Setting();
    const made =
      factor.role === 'primary' ? await enrolled(factor, answers, setting) : await issued(factor, setting);
    const record = recordOf(factor.kind, made.data, setting.now);
    setting.now += 60_000;
    return new FactorOwner(setting, answers, made, record);
  }

  async rightAnswer(): Promise<Proof> {
    this.memo = await this.askedOf(this.record);
    return this.answers.right({ ...this.made.question, memo: this.memo, now: this.setting.now });
  }

  /** By the question that the last right answer was made for, else by a new one. */
  async judge(proof: Proof, data: FactorData = this.record.data): Promise<Verdict> {
    const record = { ...this.record, data: stored(data) };
    return this.behaviour.verify(record, proof, this.memo ?? (await this.askedOf(record)));
  }

  /** Of a kind whose question goes by mail, as the mail would carry it. */
  private async askedOf(record: FactorRecord): Promise<FactorData | undefined> {
    const { behaviour } = this;
    if ('delivery' in behaviour && behaviour.delivery) return stored(behaviour.delivery.make([record]));
    return (await behaviour.prompt(owner, [record])).memo;
  }

  /** Whoever was accepted is asked anew: a question is answered once. */
  isAskedAnew(): void {
    this.memo = undefined;
  }
}

/** Data as storage gives it back: through JSON, and not to be written to. */
export function stored(data: FactorData): FactorData {
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) => Object.freeze(value)) as FactorData;
}

function recordOf(kind: string, data: FactorData, createdAt: number): FactorRecord {
  return { id: 'f1', kind, label: 'My factor', data: stored(data), createdAt, lastUsedAt: null };
}

async function enrolled(factor: PrimaryFactor, answers: Answers, setting: Setting): Promise<Made> {
  const behaviour = factor.create(setting.tools);
  const question = {
    draft: stored(await behaviour.beginEnrolment(owner, [], answers.setUp?.input ?? {})),
    codes: [],
  };
  const proof = await answers.right({ ...question, now: setting.now });
  const outcome = await behaviour.finishEnrolment(question.draft, proof);
  assert(outcome.ok, 'a right answer finishes the enrolment');
  return { behaviour, question, data: outcome.data };
}

async function issued(factor: RecoveryFactor, setting: Setting): Promise<Made> {
  const behaviour = factor.create(setting.tools);
  const { data, codes } = await behaviour.issue(owner);
  return { behaviour, question: { draft: {}, codes }, data };
}
