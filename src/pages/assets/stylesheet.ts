import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const darkTheme = '[data-bs-theme=dark]';

/**
 * Bootstrap switches to dark by an attribute, which only a script could set before the first paint. This function copies its
 * dark rules behind `prefers-color-scheme`, each right after the original, so that the order of the cascade stays.
 */
export function followColorScheme(css: string): string {
  return css.replace(/([^{}]+)\{([^{}]*)\}/g, withDarkCopy);
}

function withDarkCopy(rule: string, selectors: string, body: string): string {
  if (!selectors.includes(darkTheme)) return rule;
  const dark = selectors.split(',').filter((selector) => selector.trim().startsWith(darkTheme));
  if (dark.length === 0) return rule;
  const roots = dark.map((selector) => selector.trim().replace(darkTheme, ':root'));
  return `${rule}@media (prefers-color-scheme:dark){${roots.join(',')}{${body}}}`;
}

/** The portal's one stylesheet: Bootstrap for this writing direction, then the given additions. */
export function stylesheet(direction: 'ltr' | 'rtl', additions: string): string {
  const file = direction === 'rtl' ? 'bootstrap.rtl.min.css' : 'bootstrap.min.css';
  const path = createRequire(import.meta.url).resolve(`bootstrap/dist/css/${file}`);
  // The source map is not served, so no comment may point to it.
  const bootstrap = readFileSync(path, 'utf8').replace(/\/\*# sourceMappingURL=.*?\*\//, '');
  return `${followColorScheme(bootstrap)}\n${additions}`;
}
