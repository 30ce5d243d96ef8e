import { maskedEmail } from './masked-email.js';

describe('an account on the challenge page', () => {
  it.each([
    ['ann@example.com', 'a…@example.com'],
    ['a@example.com', 'a…@example.com'],
    ['"ann@home"@example.com', '"…@example.com'],
    ['📱ann@example.com', '📱…@example.com'],
    ['ann', 'a…'],
    ['', '…'],
  ])('%j is shown as %j', (email, shown) => {
    expect(maskedEmail(email)).toBe(shown);
  });
});
