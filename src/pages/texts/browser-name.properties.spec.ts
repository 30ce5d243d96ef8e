import Bowser from 'bowser';
import fc from 'fast-check';
import { browserName } from './browser-name.js';

const browsers = Object.values(Bowser.BROWSER_MAP);
const systems = Object.values(Bowser.OS_MAP);
const parts = [...browsers, ...systems];

/** User agents that a stranger can send: a known browser name, and free text. */
const said = fc
  .array(fc.oneof(fc.constantFrom('Mozilla/5.0', '(X11; Linux x86_64)', 'Firefox/140.0', ' '), fc.string()), {
    maxLength: 6,
  })
  .map((words) => words.join(' '));

describe('the name of a browser', () => {
  it('is made of names that we know, whatever a browser says of itself', () => {
    fc.assert(
      fc.property(fc.oneof(said, fc.string({ unit: 'binary' })), (agent) => {
        const name = browserName(agent);
        const told = name === null ? [] : name.split(', ');
        expect(told.filter((part) => !parts.some((known) => known === part))).toEqual([]);
        expect(name).not.toBe('');
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    'Visit https://evil.example/login or lose your account /1 ',
    'Call +1 555 0100/now ',
    'Mozilla/5.0 (https://evil.example) x/1 (foo)',
  ])('is none for %j: no stranger writes into our mails', (agent) => {
    expect(browserName(agent)).toBeNull();
  });

  it('is the browser and its system, as its owner would name them', () => {
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    expect(browserName(firefox)).toBe('Firefox, Linux');
  });
});
