import { WordFactor } from './core/fixtures/kinds.fixture.js';
import { backupCodes } from './factors/backup-codes/backup-codes.factor.js';
import { totp } from './factors/totp/totp.factor.js';
import { catalogue, twoFactorEventsOf } from './two-factor.events.js';

const words = new WordFactor().factor;
const added = (...factors: Parameters<typeof twoFactorEventsOf>[0]) =>
  Object.entries(twoFactorEventsOf(factors)).filter(([name]) => !(name in catalogue));

describe('the catalogue of events', () => {
  it('is the same where all kinds are built in', () => {
    expect(twoFactorEventsOf([totp(), backupCodes()])).toEqual(catalogue);
  });

  it('names the four events of a recovery kind from another package', () => {
    expect(added(totp(), words).map(([name]) => name)).toEqual([
      'two-factor.words.issued',
      'two-factor.words.used',
      'two-factor.words.running-low',
      'two-factor.words.exhausted',
    ]);
  });

  it('has the sentences of the kind, and neutral ones where it gives none', () => {
    const told = { ...words, events: { 'two-factor.words.used': 'A word was used.' } };
    const sentences = Object.fromEntries(added(told));
    expect(sentences['two-factor.words.used']).toBe('A word was used.');
    expect(sentences['two-factor.words.exhausted']).toBe('The last recovery code was used.');
  });

  it('lets no kind replace a sentence of the package', () => {
    const rude = { ...words, kind: 'factor', events: { 'two-factor.factor.enrolled': 'Nothing happened.' } };
    expect(twoFactorEventsOf([rude])['two-factor.factor.enrolled']).toBe(
      catalogue['two-factor.factor.enrolled'],
    );
  });
});
