import { exportedNames } from './declarations.js';

describe('the front door', () => {
  test('nothing leaves it without a sentence that says what it is', () => {
    const undocumented = exportedNames()
      .filter(({ doc }) => !/[.!:]/.test(doc))
      .map(({ name, file }) => `${name} (${file})`);
    expect(undocumented).toEqual([]);
  });
});
