import { RememberedAnswers } from './remembered-answers.js';

const answer = { answer: { status: 303, headers: {}, body: '' }, browsers: [] };

describe('answers in the memory of a process', () => {
  it('belong to equal posts of the same moment, and to no others', async () => {
    const answers = new RememberedAnswers();
    expect(await answers.enter({ id: 'a', begunAt: 0 })).toBe('first');
    expect(await answers.enter({ id: 'a', begunAt: 10 })).toBe('waiting');
    await answers.keep({ id: 'a', begunAt: 0 }, answer);
    expect(await answers.look({ id: 'a', begunAt: 5_000 })).toEqual(answer);
    expect(await answers.look({ id: 'b', begunAt: 0 })).toBeNull();
    expect(await answers.enter({ id: 'a', begunAt: 5_001 })).toBe('first');
  });

  it('are forgotten where the first post was refused', async () => {
    const answers = new RememberedAnswers();
    await answers.enter({ id: 'a', begunAt: 0 });
    await answers.forget({ id: 'a', begunAt: 0 });
    expect(await answers.enter({ id: 'a', begunAt: 1 })).toBe('first');
  });

  it('do not fill the memory', async () => {
    const answers = new RememberedAnswers();
    for (let post = 0; post < 1_002; post += 1) await answers.enter({ id: String(post), begunAt: 0 });
    expect(await answers.look({ id: '1', begunAt: 0 })).toBeNull();
    expect(await answers.look({ id: '2', begunAt: 0 })).toBe('waiting');
  });
});
