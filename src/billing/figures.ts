/** Megabytes in the reader's way of writing, from 1000 on in gigabytes: `18.4 GB`. */
export function sizeText(megabytes: number, locale: string): string {
  const isLarge = megabytes >= 1000;
  const unit = isLarge ? 'gigabyte' : 'megabyte';
  const style = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, style).format(isLarge ? megabytes / 1000 : megabytes);
}

/** Percents in the reader's way of writing: `5.5%`. */
export function percentText(percent: number, locale: string): string {
  const style = { style: 'percent', maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(locale, style).format(percent / 100);
}
