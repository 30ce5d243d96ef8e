import { AssetStore } from './asset-store.js';
import { followColorScheme, stylesheet } from './stylesheet.js';

describe('the stylesheet', () => {
  it('goes dark with the reader’s own setting, right behind the rule it copies', () => {
    const css =
      ':root{--a:1}[data-bs-theme=dark]{--a:2}.x,[data-bs-theme=dark] .y{color:red}.navbar[data-bs-theme=dark]{top:0}';
    expect(followColorScheme(css)).toBe(
      ':root{--a:1}[data-bs-theme=dark]{--a:2}@media (prefers-color-scheme:dark){:root{--a:2}}' +
        '.x,[data-bs-theme=dark] .y{color:red}@media (prefers-color-scheme:dark){:root .y{color:red}}' +
        '.navbar[data-bs-theme=dark]{top:0}',
    );
  });

  it.each(['ltr', 'rtl'] as const)(
    'has Bootstrap’s dark colours for %s, and the additions last',
    (direction) => {
      const css = stylesheet(direction, '.mine{}');
      expect(css).toMatch(/prefers-color-scheme:dark\)\{:root\{color-scheme:dark;/);
      expect(css.endsWith('.mine{}')).toBe(true);
      expect(css).not.toContain('sourceMappingURL');
    },
  );
});

describe('assets', () => {
  it('have addresses that name their content, and no others', () => {
    const assets = new AssetStore([]);
    const address = assets.address('portal.css');
    expect(address).toMatch(/^\/assets\/portal\.[0-9a-f]{12}\.css$/);
    expect(assets.find(address.slice('/assets/'.length))?.type).toMatch(/^text\/css/);
    expect(assets.find('portal.css')).toBeUndefined();
    expect(() => assets.address('../package.json')).toThrow();
  });
});
