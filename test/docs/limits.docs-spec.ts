import { twoFactorLimits as ofThePackage } from 'nestjs-two-factor';
import { limits as ofThePortal } from '../../src/limits.js';
import { DocPage } from './support/doc-page.js';

const page = new DocPage('docs/limits.md');

const units = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** A length of time as the page writes it. */
function time(ms: number): string {
  const [name, length] = units.find(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / length} ${name}`;
}

interface Window {
  readonly limit: number;
  readonly length?: number;
}

function ofWindow({ limit, length }: Window): string {
  return length === undefined ? `${limit}` : `${limit} in ${time(length)}`;
}

/** A limit of the package as the page writes it. */
function written(limit: (typeof ofThePackage)[keyof typeof ofThePackage]): string {
  if ('hardStop' in limit) {
    const waits = limit.waits.map((wait) => time(wait)).join(', ');
    return `after every ${limit.every}: ${waits}; full stop at ${limit.hardStop}`;
  }
  return [limit].flat().map(ofWindow).join(', ');
}

/** A limit of the portal, in the same words. */
function writtenOfPortal(limit: (typeof ofThePortal)[keyof typeof ofThePortal]): string {
  const length = 'duration' in limit ? { length: limit.duration * 1000 } : {};
  const window = ofWindow({ ...length, limit: limit.points });
  if (!('waits' in limit)) return window;
  return `${window}; then ${time(limit.waits.first * 1000)}, doubled up to ${time(limit.waits.longest * 1000)}`;
}

describe('limits.md', () => {
  test('no limit of two-factor is missing, made up, or has another number', () => {
    const rows = page.table('Two-factor').map(([name, number]) => [name, number]);
    expect(rows).toEqual(Object.entries(ofThePackage).map(([name, limit]) => [name, written(limit)]));
  });

  test('no limit of the portal is missing, made up, or has another number', () => {
    const rows = page.table('The portal').map(([name, number]) => [name, number]);
    expect(rows).toEqual(Object.entries(ofThePortal).map(([name, limit]) => [name, writtenOfPortal(limit)]));
  });

  test('every row says for whom it counts and what ends it', () => {
    for (const row of [...page.table('Two-factor'), ...page.table('The portal')])
      expect(row.filter((cell) => cell === '')).toEqual([]);
  });
});
