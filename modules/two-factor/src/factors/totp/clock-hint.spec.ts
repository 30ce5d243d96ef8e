import { Phone, minute, step } from './phone.fixture.js';

async function phone(): Promise<Phone> {
  const made = new Phone();
  await made.scans();
  expect(await made.proves(await made.code())).toMatchObject({ ok: true });
  made.now += 60 * minute;
  return made;
}

describe('the clock hint at sign-in', () => {
  it.each([
    [2, 1],
    [3, 2],
    [10, 5],
    [20, 10],
  ])('tells a phone %d steps behind that it is about %d min slow', async (steps, minutesSlow) => {
    const ann = await phone();
    const verdict = await ann.sends(await ann.code(-steps * step));
    expect(verdict).toEqual({ ok: false, reason: 'wrong', hint: { minutesSlow } });
  });

  it.each([-21, 2, 5, 20])('says nothing of a code %d steps away', async (steps) => {
    const ann = await phone();
    expect(await ann.sends(await ann.code(steps * step))).toEqual({ ok: false, reason: 'wrong' });
  });

  it('does not call a clock slow over a code that was used', async () => {
    const ann = await phone();
    const code = await ann.code();
    expect(await ann.sends(code)).toMatchObject({ ok: true });
    ann.now += 5 * minute;
    expect(await ann.sends(code)).toEqual({ ok: false, reason: 'used' });
  });

  it('names no future step either where a host takes none, and no step is too near for it to be slow', async () => {
    const ann = new Phone({ options: { stepsBack: 0, stepsAhead: 0 } });
    await ann.scans();
    expect(await ann.proves(await ann.code())).toMatchObject({ ok: true });
    ann.now += 60 * minute;
    expect(await ann.sends(await ann.code(step))).toEqual({ ok: false, reason: 'wrong' });
    expect(await ann.sends(await ann.code(-step))).toMatchObject({ hint: { minutesSlow: 1 } });
  });
});

describe('the clock hint at set-up', () => {
  it.each([
    [-2, { minutesSlow: 1 }],
    [-20, { minutesSlow: 10 }],
    [2, { minutesFast: 1 }],
    [20, { minutesFast: 10 }],
  ])('tells a phone %d steps away in both directions, and enrols nothing', async (steps, hint) => {
    const ann = new Phone();
    await ann.scans();
    const outcome = await ann.proves(await ann.code(steps * step));
    expect(outcome).toEqual({ ok: false, reason: 'wrong', hint });
  });

  it.each([-21, 21])('says nothing of a code %d steps away', async (steps) => {
    const ann = new Phone();
    await ann.scans();
    expect(await ann.proves(await ann.code(steps * step))).toEqual({ ok: false, reason: 'wrong' });
  });
});
