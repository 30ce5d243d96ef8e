import { isCarriedOut, type SentAnswer } from './answer.js';

const stepUp = '/account/confirm';
const answer = (status: number, location?: string): SentAnswer => ({
  ...{ status, body: '' },
  headers: location === undefined ? {} : { location },
});

describe('a post that is not repeated to an equal one', () => {
  it.each([
    ['a refusal', answer(401)],
    ['a redirect to the step-up', answer(303, `${stepUp}?returnTo=%2F&act=x`)],
    ['a redirect to the sign-in, which a stranger gets', answer(303, '/login?returnTo=%2Ftickets')],
  ])('%s was not carried out', (_what, given) => {
    expect(isCarriedOut(given, stepUp)).toBe(false);
  });

  it.each([
    ['its own page', answer(200)],
    ['a redirect', answer(303, '/tickets/7')],
    ['the sign-in after a sign-out', answer(303, '/login?done=signed-out')],
    ['a page whose address only begins like the step-up', answer(303, `${stepUp}ed`)],
  ])('%s says that it was carried out', (_what, given) => {
    expect(isCarriedOut(given, stepUp)).toBe(true);
  });
});
