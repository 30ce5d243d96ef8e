import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DocPage, filesBelow, root } from './support/doc-page.js';

const map = new DocPage('docs/map.md');

/** The line that stands alone below the title of a decision. */
const status =
  /^\nStatus: (accepted|withdrawn\b[^·]*|replaced by \[decision \d+\]\([\w-]+\.md\)[^·]*) · Date: \d{4}-\d\d-\d\d\n$/;

/** Paths written as code; addresses begin with a slash, patterns have a star. */
function pathsIn({ text }: DocPage): string[] {
  const code = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, inner = '']) => inner,
  );
  return code.filter((inner) => /^(?!\/)[\w.-]+\/[\w./-]*$|^[\w.-]+\.(ts|md|cjs|json)$/.test(inner));
}

function rooms(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}/${name}`);
}

describe('map.md', () => {
  test('no path leads nowhere', () => {
    const paths = pathsIn(map);
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test.each([
    ['src', 'Folders of the Client Area'],
    ['modules/two-factor/src', 'Folders of the package'],
  ])('no room of %s is missing or made up', (folder, heading) => {
    expect(map.names(heading).sort()).toEqual(rooms(folder).sort());
  });
});

describe('the decisions', () => {
  const files = filesBelow('docs/decisions', '.md');
  const pages = files.map((file) => new DocPage(`docs/decisions/${file}`));

  test('no number is missing or given twice', () => {
    expect(files.length).toBeGreaterThan(20);
    const numbers = files.map((file) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]));
    expect(numbers).toEqual(files.map((_, index) => index + 1));
  });

  test('none is without its context, its decision or its price, and its title has its number', () => {
    pages.forEach((page, index) => {
      const headings = page.text.split('\n').filter((line) => line.startsWith('#'));
      expect(headings[0]).toMatch(new RegExp(`^# ${index + 1}\\. \\S`));
      expect(headings.slice(1)).toEqual(['## Context', '## Decision', '## Consequences']);
    });
  });

  test('none is without a status and a date below its title', () => {
    const lacking = pages.filter(({ text }) => !status.test(text.split('\n').slice(1, 4).join('\n')));
    expect(lacking.map(({ path }) => path)).toEqual([]);
  });

  test('no path they name leads nowhere', () => {
    const paths = pages.flatMap(pathsIn);
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
