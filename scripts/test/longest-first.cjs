const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The files that take longest, longest first: each is as long as a dozen others, and one that starts last would run alone while the other
 * workers have nothing to do.
 */
const longest = [
  'test/http/input/odd-input.addresses.e2e-spec.ts',
  'test/http/input/odd-input.programs.e2e-spec.ts',
  'test/http/input/odd-input.forms.e2e-spec.ts',
  'test/two-factor/two-factor.keys.e2e-spec.ts',
  'test/resilience/two-factor.killed.e2e-spec.ts',
  'test/resilience/process.e2e-spec.ts',
  'test/browser/forms/equal-posts.browser-spec.ts',
  'test/foreign-host/uninstall.e2e-spec.ts',
  'test/resilience/any-order.e2e-spec.ts',
  'test/two-factor/two-factor.trusted.e2e-spec.ts',
  'test/two-factor/two-factor.sign-in.e2e-spec.ts',
];

/** Jest's order, by the times of earlier runs on this machine or by size, but these files come first. */
class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const known = longest.findIndex((file) => path.endsWith(file));
      return known < 0 ? longest.length : known;
    };
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
}

module.exports = LongestFirst;
