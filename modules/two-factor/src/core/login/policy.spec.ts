import type { Account } from '../common/account.js';
import { Policy } from './policy.js';
import type { LoginContext, SkipRule } from './skip-rule.js';

const account = (staff = false): Account => ({ id: '7', label: 'Ann', email: 'a@b.c', stamp: '1', staff });
const visit = (staff = false): LoginContext => ({
  account: account(staff),
  ip: null,
  isTrustedDevice: () => Promise.resolve(false),
});

function rule(name: string, applies: boolean, offers?: SkipRule['offers']): SkipRule {
  return { name, applies: () => Promise.resolve(applies), ...(offers && { offers }) };
}

describe('policy', () => {
  it.each([
    ['nobody', false, false, false],
    ['customers', true, true, false],
    ['everyone', true, true, true],
  ] as const)('with passwordless sign-in for %s: offered %p, customers %p, staff %p', (who, ...said) => {
    const policy = new Policy('none', [], who);
    expect([
      policy.invites,
      policy.allowsPasswordless(account()),
      policy.allowsPasswordless(account(true)),
    ]).toEqual(said);
  });

  it('names the first rule that skips the challenge, and none for staff', async () => {
    const policy = new Policy('none', [rule('a', false), rule('b', true), rule('c', true)], 'nobody');
    expect([await policy.findSkip(visit()), await policy.findSkip(visit(true))]).toEqual(['b', null]);
    expect(await new Policy('none', [rule('a', false)], 'nobody').findSkip(visit())).toBeNull();
  });

  it('trusts browsers as long as the first rule with a number of days says, and never for staff', () => {
    const rules = [
      rule('a', false),
      rule('b', false, () => null),
      rule('c', false, () => 14),
      rule('d', false, () => 30),
    ];
    const policy = new Policy('none', rules, 'nobody');
    expect([policy.trustDays(account()), policy.trustDays(account(true))]).toEqual([14, null]);
    expect(new Policy('none', rules.slice(0, 2), 'nobody').trustDays(account())).toBeNull();
  });
});
