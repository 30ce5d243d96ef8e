import { postedForms } from '../support/input/posted-forms.js';
import { DocPage } from './support/doc-page.js';

describe('forms.md', () => {
  test('has each form that is sent twice, with its result, and no other', () => {
    const rows = new DocPage('docs/forms.md').table('Two equal posts');
    expect(rows.map(([name, result]) => ({ name, result }))).toEqual(
      postedForms.map(({ name, result }) => ({ name, result })),
    );
    for (const [name, , ...gaps] of rows)
      expect([name, gaps.slice(0, 3)]).toEqual([name, ['the same', 'the same', 'the same']]);
  });
});
