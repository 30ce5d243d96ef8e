import assert from 'node:assert/strict';
import { validateSync } from 'class-validator';
import { DamagedFactor } from '../core/common/errors.js';
import type { Factor, FactorData, PrimaryFactor, RecoveryFactor, Verdict } from '../core/contracts/factor.js';
import { deliveryContract } from './delivery-contract.js';
import { promptedContract } from './prompted-contract.js';
import { setUpContract } from './set-up-contract.js';
import { FactorOwner, Setting, owner, stored, type Answers } from './factor-owner.js';

/** The test runner's own words; any runner that has them as globals will do. */
declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void> | void) => void;

/**
 * The promises that every kind of factor makes to the core, as a suite of tests: call it in a spec file of your own.
 * When it passes, the kind works with everything the module does for factors.
 */
export function factorContract(name: string, factor: Factor, answers: Answers): void {
  describe(`${name} keeps the factor contract`, () => {
    cardContract(factor, answers);
    if (factor.role === 'primary') {
      enrolmentContract(factor, answers);
    } else {
      issueContract(factor, answers);
    }
    if (factor.role === 'primary') {
      setUpContract(factor, answers);
      deliveryContract(factor, answers);
    }
    promptedContract(factor, answers);
    verdictContract(factor, answers);
    dataContract(factor, answers);
  });
}

function cardContract(factor: Factor, answers: Answers): void {
  it('has a name that addresses, events and folders can carry', () => {
    assert.match(factor.kind, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    assert(factor.kind.length <= 32, 'at most 32 characters');
  });

  it('has a form that lets right and wrong answers through to the verifier', async () => {
    const right = await (await FactorOwner.of(factor, answers)).rightAnswer();
    for (const proof of [right, answers.wrong(right)]) {
      assert.deepEqual(validateSync(Object.assign(new factor.form(), proof)), []);
    }
  });

  it('never calls malformed what it reads, and reads nothing malformed', async () => {
    const person = await FactorOwner.of(factor, answers);
    const right = await person.rightAnswer();
    for (const proof of [right, answers.wrong(right), ...answers.malformed]) {
      if (factor.reads(proof.code ?? '')) {
        assert.notEqual(reason(await person.judge(proof)), 'malformed');
      }
    }
    assert(!answers.malformed.some((proof) => factor.reads(proof.code ?? '')), 'reads a malformed text');
  });

  it('reads nothing in an empty or an endless text', () => {
    assert(!factor.reads(''));
    assert(!factor.reads('1'.repeat(100_000)));
  });
}

function enrolmentContract(factor: PrimaryFactor, answers: Answers): void {
  const begin = async () => {
    const setting = new Setting();
    const behaviour = factor.create(setting.tools);
    const draft = stored(await behaviour.beginEnrolment(owner, [], answers.setUp?.input ?? {}));
    return { behaviour, draft, right: await answers.right({ draft, codes: [], now: setting.now }) };
  };

  it('shows a draft the same on every reload, and two people different drafts', async () => {
    const { behaviour, draft } = await begin();
    const shown = await behaviour.showDraft(owner, draft);
    assert.deepEqual(await behaviour.showDraft(owner, draft), shown);
    assert.notDeepEqual((await begin()).draft, draft);
  });

  it('does not enrol on a wrong or malformed answer, and still does on the right one afterwards', async () => {
    const { behaviour, draft, right } = await begin();
    assert.equal(reason(await behaviour.finishEnrolment(draft, answers.wrong(right))), 'wrong');
    for (const proof of answers.malformed) {
      assert.equal(reason(await behaviour.finishEnrolment(draft, proof)), 'malformed');
    }
    assert((await behaviour.finishEnrolment(draft, right)).ok);
  });

  it('does not take the answer that proved the enrolment at a sign-in', async () => {
    const { behaviour, draft, right } = await begin();
    const enrolled = await behaviour.finishEnrolment(draft, right);
    assert(enrolled.ok);
    const person = await FactorOwner.of(factor, answers);
    assert(!(await person.judge(right, enrolled.data)).ok);
  });
}

function issueContract(factor: RecoveryFactor, answers: Answers): void {
  it('hands out a whole set, and counts down as it is used', async () => {
    const behaviour = factor.create(new Setting().tools);
    const { data, codes } = await behaviour.issue(owner);
    assert.deepEqual(behaviour.left(data), { left: codes.length, of: codes.length });
    const person = await FactorOwner.of(factor, answers);
    const verdict = await person.judge(await person.rightAnswer());
    assert(verdict.ok && verdict.data, 'a right answer changes the set');
    assert.equal(behaviour.left(verdict.data).left, behaviour.left(person.record.data).left - 1);
  });

  it('keeps no code that it handed out, and tells them in its JSON', async () => {
    const { data, codes, json } = await factor.create(new Setting().tools).issue(owner);
    for (const code of codes) {
      assert(!JSON.stringify(data).includes(code));
      assert(JSON.stringify(json).includes(code));
    }
  });
}

function verdictContract(factor: Factor, answers: Answers): void {
  it('takes a right answer once, and never again with what the record became', async () => {
    const person = await FactorOwner.of(factor, answers);
    const right = await person.rightAnswer();
    const verdict = await person.judge(right);
    assert(verdict.ok, 'the right answer is taken');
    person.isAskedAnew();
    const again = await person.judge({ ...right }, verdict.data);
    assert.match(reason(again) ?? 'taken again', /^(used|wrong)$/);
  });

  it('judges the same answer to the same record the same way (a lost compare-and-set is judged again)', async () => {
    const person = await FactorOwner.of(factor, answers);
    const right = await person.rightAnswer();
    assert.deepEqual(await person.judge(right), await person.judge(right));
  });

  it('refuses a wrong answer by a value, and a malformed one too', async () => {
    const person = await FactorOwner.of(factor, answers);
    assert.equal(reason(await person.judge(answers.wrong(await person.rightAnswer()))), 'wrong');
    for (const proof of [{}, ...answers.malformed]) {
      assert.equal(reason(await person.judge(proof)), 'malformed');
    }
  });

  it('does not take one person’s answer for another’s record', async () => {
    const [ann, bob] = [await FactorOwner.of(factor, answers), await FactorOwner.of(factor, answers)];
    assert(!(await bob.judge(await ann.rightAnswer())).ok);
  });
}

function dataContract(factor: Factor, answers: Answers): void {
  it('keeps plain JSON', async () => {
    const person = await FactorOwner.of(factor, answers);
    const verdict = await person.judge(await person.rightAnswer());
    assert(verdict.ok);
    const data = verdict.data ?? person.record.data;
    assert.deepEqual(stored(data), data);
  });

  it('alarms on damaged data instead of judging by it', async () => {
    const person = await FactorOwner.of(factor, answers);
    const right = await person.rightAnswer();
    for (const damaged of damages(person.record.data)) {
      await assert.rejects(
        person.behaviour.verify({ ...person.record, data: damaged }, right),
        DamagedFactor,
      );
    }
  });

  it('puts no secret into its question', async () => {
    const person = await FactorOwner.of(factor, answers);
    const { show } = await person.behaviour.prompt(owner, [person.record]);
    const open = (name: string) => answers.open?.includes(name) ?? false;
    const kept = Object.entries(person.record.data).filter(([name]) => !open(name));
    // an answer made of the question repeats it
    const { code = '' } = await person.rightAnswer();
    for (const text of secrets(Object.fromEntries(kept), code)) {
      assert(!JSON.stringify(show).includes(text));
    }
  });
}

function reason(outcome: { ok: true } | Exclude<Verdict, { ok: true }>): string | undefined {
  return outcome.ok ? undefined : outcome.reason;
}

/** Everything gone, and each part in turn gone or turned into nothing. */
function damages(data: FactorData): FactorData[] {
  const parts = Object.keys(data).flatMap((key) => [
    Object.fromEntries(Object.entries(data).filter(([other]) => other !== key)),
    { ...data, [key]: null },
  ]);
  return [{}, ...parts];
}

function secrets(data: FactorData, code: string): string[] {
  const texts = JSON.stringify([data, code]).match(/"[^"]{6,}"(?!:)/g) ?? [];
  return texts.map((text) => text.slice(1, -1));
}
