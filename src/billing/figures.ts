const units = ['megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

type Unit = (typeof units)[number];

/**
 * Megabytes formatted for the reader's locale, with three digits of the first unit that needs no more: `320 MB`, `18.4 GB`, `4
 * TB`.
 */
export function sizeText(megabytes: number, locale: string): string {
  const { unit, amount } = sizesOf(megabytes).find(isShort) ?? { unit: 'petabyte', amount: megabytes / 1e9 };
  const style = { style: 'unit', unit, maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat(locale, style).format(amount);
}

interface Size {
  readonly unit: Unit;
  readonly amount: number;
}

/** The same size in each unit. */
function sizesOf(megabytes: number): Size[] {
  return units.map((unit, power) => ({ unit, amount: megabytes / 1000 ** power }));
}

/** Uses the rounded form: 999.97 becomes a thousand. */
function isShort({ amount }: Size): boolean {
  return Math.round(amount) < 1000;
}

/** A percentage formatted for the reader's locale: `5.5%`. */
export function percentText(percent: number, locale: string): string {
  const style = { style: 'percent', maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(locale, style).format(percent / 100);
}
