import fc from 'fast-check';
import { installedModules } from '../../portal/modules/installed-modules.js';
import { loadMessages } from '../pages.module.js';

const messages = loadMessages(installedModules);

describe('the language that comes closest', () => {
  it('is one that there are texts in, or none, whatever was asked for', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('__proto__', 'constructor', '-', 'DE-at', 'de_AT', 'x-klingon', '*'),
    );
    fc.assert(
      fc.property(fc.option(odd), (asked) =>
        expect([null, ...messages.locales]).toContain(messages.closest(asked)),
      ),
    );
  });

  it('is its own for every region of it', () => {
    const region = fc.stringMatching(/^[A-Z]{2}$/);
    fc.assert(
      fc.property(fc.constantFrom(...messages.locales), region, (locale, where) =>
        expect(messages.closest(`${locale}-${where}`)).toBe(locale),
      ),
    );
  });
});
