import { backupCodes, totp, twoFactorEventsOf } from 'nestjs-two-factor';
import { fieldsOf, membersOf } from '../support/declarations.js';
import { DocPage } from '../support/doc-page.js';

const page = new DocPage('modules/two-factor/docs/events.md');
const rows = page.table('The catalogue');

describe('events.md', () => {
  test('no event is missing, made up, or described differently', () => {
    const catalogue = rows.map(([name = '', when]) => [name, when]);
    expect(catalogue).toEqual(Object.entries(twoFactorEventsOf([totp(), backupCodes()])));
  });

  test('no field of an event is missing or made up', () => {
    const members = membersOf('TwoFactorEventData', 'core/contracts/events.ts');
    const named = members.filter(({ name }) => name !== '');
    const [ofRecovery] = members.filter(({ name }) => name === '');
    const fields = new Map(named.map(({ name, type }) => [name, fieldsOf(type)]));
    const listed = rows.map(([name, , data = '']) => [name, data.replaceAll('`', '').split(', ')]);
    expect(listed).toEqual(rows.map(([name = '']) => [name, fields.get(name) ?? fieldsOf(ofRecovery?.type)]));
    const listedNames = rows.map(([name]) => name);
    expect([...fields.keys()].filter((name) => !listedNames.includes(name))).toEqual([]);
  });

  test('the example has every member of the envelope, and nothing else', () => {
    const example = JSON.parse(page.code('json', 'The envelope')) as object;
    const members = membersOf('TwoFactorEvent', 'core/contracts/events.ts').map(({ name }) => name);
    expect(Object.keys(example)).toEqual(members);
  });

  test('the example is an event of the catalogue, with its data', () => {
    const { name, data } = JSON.parse(page.code('json', 'The envelope')) as { name: string; data: object };
    const row = rows.find(([listed]) => listed === name);
    expect(row?.[2]?.replaceAll('`', '')).toBe(Object.keys(data).join(', '));
  });
});
