import { portalEvents } from '../../src/events/catalogue.js';
import { fieldsOf, membersOf } from './support/declarations.js';
import { DocPage } from './support/doc-page.js';

const rows = new DocPage('docs/events.md').table('The catalogue');

describe('the portal’s events.md', () => {
  test('no event is missing, made up, or described differently', () => {
    const catalogue = rows.map(([name = '', when]) => [name, when]);
    expect(catalogue).toEqual(Object.entries(portalEvents));
  });

  test('no field of an event is missing or made up', () => {
    const members = membersOf('PortalEventData', '../../../src/events/catalogue.ts');
    const listed = rows.map(([name, , data = '']) => [name, data.match(/[\w]+/g) ?? []]);
    expect(listed).toEqual(members.map(({ name, type }) => [name, fieldsOf(type)]));
  });
});
