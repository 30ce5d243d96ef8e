import { exportedNames } from './support/declarations.js';
import { DocPage } from './support/doc-page.js';

const page = new DocPage('docs/glossary.md');
const terms = page.names('Glossary').flatMap((term) => term.split('; '));

/** The words of a name: `TwoFactorModule` has two, factor and module. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter(Boolean);
}

/** Standard words stand behind the heading “Standard terms”, separated by commas. */
function standardWords(): string[] {
  return page
    .below('Standard terms')
    .split(/[\s,.]+/)
    .map((word) => word.toLowerCase());
}

describe('glossary.md', () => {
  test('has at most twenty entries, each with a meaning', () => {
    const rows = page.table('Glossary');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.length).toBeLessThanOrEqual(20);
    for (const [term, meaning = ''] of rows) expect([term, meaning.length > 20]).toEqual([term, true]);
  });

  test('no public name is made of a word that is neither a term of it nor a standard term', () => {
    const known = new Set([...terms.flatMap(wordsOf), ...standardWords()]);
    const names = exportedNames().map(({ name }) => name);
    expect(names.length).toBeGreaterThan(50);
    const unknown = names.filter((name) => wordsOf(name).some((word) => !known.has(word)));
    expect(unknown).toEqual([]);
  });
});
