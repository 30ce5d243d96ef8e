import assert from 'node:assert/strict';
import { validateSync } from 'class-validator';
import { DamagedFactor } from '../core/common/errors.js';
import type { Factor, FactorData, PrimaryFactor, RecoveryFactor, Verdict } from '../core/contracts/factor.js';
import { deliveryContract } from './delivery-contract.js';
import { promptedContract } from './prompted-contract.js';
import { setUpContract } from './set-up-contract.js';
import { FactorOwner, Setting, owner, stored, type TestAnswers } from './factor-owner.js';

/** Globals of the test runner; every runner that has them works. */
declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void> | void) => void;

/**
 * The requirements of the core for every kind of factor, as a suite of tests. Call it in your own spec file. When it
 * passes, the kind works with all features of the module.
 */
export function factorContract(name: string, factor: Factor, answers: TestAnswers): void {
  describe(`${name} keeps the factor contract`, () => {
    cardContract(factor, answers);
    if (factor.role === 'primary') {
      enrollmentContract(factor, answers);
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

function cardContract(factor: Factor, answers: TestAnswers): void {
  it('has a name that is valid in routes, events and folders', () => {
    assert.match(factor.kind, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    assert(factor.kind.length <= 32, 'at most 32 characters');
  });

  it('has a form that passes right and wrong answers to the verifier', async () => {
    const right = await (await FactorOwner.create(factor, answers)).rightAnswer();
    for (const proof of [right, answers.wrong(right)]) {
      assert.deepEqual(validateSync(Object.assign(new factor.form(), proof)), []);
    }
  });

  it('never returns malformed for a text that it matches, and matches no malformed one', async () => {
    const person = await FactorOwner.create(factor, answers);
    const right = await person.rightAnswer();
    for (const proof of [right, answers.wrong(right), ...answers.malformed]) {
      if (factor.matches(proof.code ?? '')) {
        assert.notEqual(reason(await person.factorMatcher(proof)), 'malformed');
      }
    }
    assert(!answers.malformed.some((proof) => factor.matches(proof.code ?? '')), 'reads a malformed text');
  });

  it('does not match an empty or a very long text', () => {
    assert(!factor.matches(''));
    assert(!factor.matches('1'.repeat(100_000)));
  });
}

function enrollmentContract(factor: PrimaryFactor, answers: TestAnswers): void {
  const begin = async () => {
    const setting = new Setting();
    const behaviour = factor.create(setting.tools);
    const draft = stored(await behaviour.beginEnrollment(owner, [], answers.setUp?.input ?? {}));
    return { behaviour, draft, right: await answers.right({ draft, codes: [], now: setting.now }) };
  };

  it('shows a draft the same on every reload, and different drafts to two people', async () => {
    const { behaviour, draft } = await begin();
    const shown = await behaviour.showDraft(owner, draft);
    assert.deepEqual(await behaviour.showDraft(owner, draft), shown);
    assert.notDeepEqual((await begin()).draft, draft);
  });

  it('does not enroll on a wrong or malformed answer, and still does on the right one afterwards', async () => {
    const { behaviour, draft, right } = await begin();
    assert.equal(reason(await behaviour.finishEnrollment(draft, answers.wrong(right))), 'wrong');
    for (const proof of answers.malformed) {
      assert.equal(reason(await behaviour.finishEnrollment(draft, proof)), 'malformed');
    }
    assert((await behaviour.finishEnrollment(draft, right)).ok);
  });

  it('does not accept the answer of the enrollment at a sign-in', async () => {
    const { behaviour, draft, right } = await begin();
    const enrolled = await behaviour.finishEnrollment(draft, right);
    assert(enrolled.ok);
    const person = await FactorOwner.create(factor, answers);
    assert(!(await person.factorMatcher(right, enrolled.data)).ok);
  });
}

function issueContract(factor: RecoveryFactor, answers: TestAnswers): void {
  it('issues a whole set, and counts it down with each use', async () => {
    const behaviour = factor.create(new Setting().tools);
    const { data, codes } = await behaviour.issue(owner);
    assert.deepEqual(behaviour.left(data), { left: codes.length, of: codes.length });
    const person = await FactorOwner.create(factor, answers);
    const verdict = await person.factorMatcher(await person.rightAnswer());
    assert(verdict.ok && verdict.data, 'a right answer changes the set');
    assert.equal(behaviour.left(verdict.data).left, behaviour.left(person.record.data).left - 1);
  });

  it('stores no issued code in plain text, and returns all of them in its JSON', async () => {
    const { data, codes, json } = await factor.create(new Setting().tools).issue(owner);
    for (const code of codes) {
      assert(!JSON.stringify(data).includes(code));
      assert(JSON.stringify(json).includes(code));
    }
  });
}

function verdictContract(factor: Factor, answers: TestAnswers): void {
  it('accepts a right answer once, and never again with the updated record', async () => {
    const person = await FactorOwner.create(factor, answers);
    const right = await person.rightAnswer();
    assert(factor.matches(right.code ?? right.response ?? ''), 'matches() knows its own right answer');
    const verdict = await person.factorMatcher(right);
    assert(verdict.ok, 'the right answer is taken');
    person.isAskedAnew();
    const again = await person.factorMatcher({ ...right }, verdict.data);
    assert.match(reason(again) ?? 'taken again', /^(used|wrong)$/);
  });

  it('gives the same verdict for the same answer and record, since a lost compare-and-set verifies again', async () => {
    const person = await FactorOwner.create(factor, answers);
    const right = await person.rightAnswer();
    assert.deepEqual(await person.factorMatcher(right), await person.factorMatcher(right));
  });

  it('refuses a wrong and a malformed answer by a value, without an exception', async () => {
    const person = await FactorOwner.create(factor, answers);
    assert.equal(reason(await person.factorMatcher(answers.wrong(await person.rightAnswer()))), 'wrong');
    for (const proof of [{}, ...answers.malformed]) {
      assert.equal(reason(await person.factorMatcher(proof)), 'malformed');
    }
  });

  it('does not accept the answer of one person for the record of another', async () => {
    const [ann, bob] = [await FactorOwner.create(factor, answers), await FactorOwner.create(factor, answers)];
    assert(!(await bob.factorMatcher(await ann.rightAnswer())).ok);
  });
}

function dataContract(factor: Factor, answers: TestAnswers): void {
  it('stores plain JSON', async () => {
    const person = await FactorOwner.create(factor, answers);
    const verdict = await person.factorMatcher(await person.rightAnswer());
    assert(verdict.ok);
    const data = verdict.data ?? person.record.data;
    assert.deepEqual(stored(data), data);
  });

  it('throws on damaged data instead of verifying with it', async () => {
    const person = await FactorOwner.create(factor, answers);
    const right = await person.rightAnswer();
    for (const damaged of damages(person.record.data, answers.optional)) {
      await assert.rejects(
        person.behaviour.verify({ ...person.record, data: damaged }, right),
        DamagedFactor,
      );
    }
  });

  it('shows no secret in its challenge', async () => {
    const person = await FactorOwner.create(factor, answers);
    const { show } = await person.behaviour.prompt(owner, [person.record]);
    const open = (name: string) => answers.open?.includes(name) ?? false;
    const kept = Object.entries(person.record.data).filter(([name]) => !open(name));
    // an answer that was made from the challenge repeats it
    const { code = '' } = await person.rightAnswer();
    for (const text of secrets(Object.fromEntries(kept), code)) {
      assert(!JSON.stringify(show).includes(text));
    }
  });
}

function reason(outcome: { ok: true } | Exclude<Verdict, { ok: true }>): string | undefined {
  return outcome.ok ? undefined : outcome.reason;
}

/** Data with all parts missing, and with each part missing or empty. */
function damages(data: FactorData, optional: readonly string[] = []): FactorData[] {
  const names = Object.keys(data);
  const lacking = names
    .filter((key) => !optional.includes(key))
    .map((key) => Object.fromEntries(Object.entries(data).filter(([other]) => other !== key)));
  return [{}, ...lacking, ...names.map((key) => ({ ...data, [key]: null }))];
}

function secrets(data: FactorData, code: string): string[] {
  const texts = JSON.stringify([data, code]).match(/"[^"]{6,}"(?!:)/g) ?? [];
  return texts.map((text) => text.slice(1, -1));
}
