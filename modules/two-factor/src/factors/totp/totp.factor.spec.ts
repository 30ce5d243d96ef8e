import { DamagedFactor } from '../../core/common/errors.js';

import { Phone, minute, step } from './phone.fixture.js';
import { totp } from './totp.factor.js';

/** RFC 6238's secret (appendix B) has the code 896878 at this step and at the next one too. */
const twins = { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', at: 65_343_997 };

const used = { ok: false, reason: 'used' };
const wrong = { ok: false, reason: 'wrong' };

async function phone(given: Phone['given'] = {}): Promise<Phone> {
  const made = new Phone(given);
  await made.scans();
  expect(await made.proves(await made.code())).toMatchObject({ ok: true });
  made.now += 10 * minute;
  return made;
}

describe('a code of an authenticator app', () => {
  it.each([-step, 0, step])('is taken %d ms away from its own time', async (away) => {
    const ann = await phone();
    expect(await ann.sends(await ann.code(away))).toMatchObject({ ok: true });
  });

  it.each([-2 * step, 2 * step])('is not taken %d ms away from its own time', async (away) => {
    const ann = await phone();
    expect(await ann.sends(await ann.code(away))).toMatchObject(wrong);
  });

  it('cannot be used twice, at any moment of its life', async () => {
    const ann = await phone();
    const early = await ann.code(step);
    expect(await ann.sends(early)).toMatchObject({ ok: true });
    for (let later = 0; later <= 3; later += 1) {
      expect(await ann.sends(early)).toEqual(used);
      ann.now += step;
    }
  });

  it('cannot sign in after it has proved the enrolment', async () => {
    const ann = new Phone();
    await ann.scans();
    const code = await ann.code();
    expect(await ann.proves(code)).toMatchObject({ ok: true });
    expect(await ann.sends(code)).toEqual(used);
  });

  it('spends every earlier code with it', async () => {
    const ann = await phone();
    const before = await ann.code(-step);
    expect(await ann.sends(await ann.code())).toMatchObject({ ok: true });
    expect(await ann.sends(before)).toEqual(used);
    expect(await ann.sends(await ann.code(step))).toMatchObject({ ok: true });
  });

  it('is refused, not stumbled over, when the server clock has gone back behind the last one', async () => {
    const ann = await phone();
    const code = await ann.code();
    expect(await ann.sends(code)).toMatchObject({ ok: true });
    ann.now -= 60 * minute;
    expect(await ann.sends(await ann.code())).toEqual(used);
    expect(await ann.sends(code)).toEqual(used);
  });

  it('that belongs to a used step and to the next one is valid once more, as the next one’s', async () => {
    const { secret, at } = twins;
    const ann = Phone.with(secret);
    ann.now = at * step;
    const code = await ann.code();
    expect(await ann.code(step)).toBe(code);
    expect(await ann.sends(code)).toMatchObject({ ok: true, data: { lastStep: at } });
    expect(await ann.sends(code)).toMatchObject({ ok: true, data: { lastStep: at + 1 } });
    expect(await ann.sends(code)).toEqual(used);
  });
});

describe('the strict profile', () => {
  it('takes the present and the past step, and no future one', async () => {
    const ann = await phone({ strict: true });
    expect(await ann.sends(await ann.code(step))).toEqual(wrong);
    expect(await ann.sends(await ann.code(-step))).toMatchObject({ ok: true });
    expect(await ann.sends(await ann.code())).toMatchObject({ ok: true });
  });

  it('does not reveal at a sign-in how wrong a clock is', async () => {
    const ann = await phone({ strict: true });
    expect(await ann.sends(await ann.code(-5 * minute))).toEqual(wrong);
  });
});

describe('authenticator apps as a kind', () => {
  it('are several of an account, and can be guessed', () => {
    expect(totp()).toMatchObject({ multiple: true, guessable: true });
  });
});

describe('the options', () => {
  it.each([{ stepsBack: 2 }, { stepsAhead: 2 }, { stepsAhead: -1 }, { stepsBack: 0.5 }])(
    'refuse %j: figures can be tightened, never exceeded',
    (options) => {
      expect(() => totp(options)).toThrow(RangeError);
    },
  );

  it('narrow the window', async () => {
    const ann = await phone({ options: { stepsBack: 0, stepsAhead: 0 } });
    expect(await ann.sends(await ann.code(-step))).toMatchObject(wrong);
    expect(await ann.sends(await ann.code(step))).toMatchObject(wrong);
    expect(await ann.sends(await ann.code())).toMatchObject({ ok: true });
  });
});

describe('a damaged record', () => {
  it.each([
    { secret: 'A'.repeat(31), lastStep: 1 },
    { secret: '1'.repeat(32), lastStep: 1 },
    { secret: ['A'.repeat(32)], lastStep: 1 },
    { secret: 'A'.repeat(32), lastStep: -1 },
    { secret: 'A'.repeat(32), lastStep: 1.5 },
    { secret: 'A'.repeat(32), lastStep: '1' },
  ])('is reported as damage, not as a wrong code: %j', async (data) => {
    const ann = new Phone();
    ann.data = data;
    await expect(ann.sends('123456')).rejects.toThrow(DamagedFactor);
  });
});
