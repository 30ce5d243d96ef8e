import { RememberedAnswers } from './remembered-answers.js';

const answer = { answer: { status: 303, headers: {}, body: '' }, browsers: [] };

const post = (id: string, begunAt: number) => ({ id, tokenHash: '', begunAt });

describe('answers in the memory of a process', () => {
  it('belong to equal posts of the same moment, and to no others', async () => {
    const answers = new RememberedAnswers();
    expect(await answers.enter(post('a', 0))).toBe('first');
    expect(await answers.enter(post('a', 10))).toBe('waiting');
    await answers.keep(post('a', 0), answer);
    expect(await answers.look(post('a', 5_000))).toEqual(answer);
    expect(await answers.look(post('b', 0))).toBeNull();
    expect(await answers.enter(post('a', 5_001))).toBe('first');
  });

  it('are forgotten where the first post was refused', async () => {
    const answers = new RememberedAnswers();
    await answers.enter(post('a', 0));
    await answers.forget(post('a', 0));
    expect(await answers.enter(post('a', 1))).toBe('first');
  });

  it('do not fill the memory', async () => {
    const answers = new RememberedAnswers();
    for (let nth = 0; nth < 1_002; nth += 1) await answers.enter(post(String(nth), 0));
    expect(await answers.look(post('1', 0))).toBeNull();
    expect(await answers.look(post('2', 0))).toBe('waiting');
  });
});
