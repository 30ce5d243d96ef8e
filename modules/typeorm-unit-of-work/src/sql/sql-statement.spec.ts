import { toSqlStatement, type Placeholder } from './sql-statement.js';

const postgres: Placeholder = (place) => `$${place + 1}`;
const sqlite: Placeholder = () => '?';

describe('a statement with :names', () => {
  it('has the placeholders of its database, and the values in the order of the text', () => {
    const sql = 'UPDATE t SET a = :a WHERE b = :b AND c = :a';
    const values = { b: 'second', a: 1 };
    expect(toSqlStatement(sql, values, postgres)).toEqual({
      text: 'UPDATE t SET a = $1 WHERE b = $2 AND c = $3',
      parameters: [1, 'second', 1],
    });
    expect(toSqlStatement(sql, values, sqlite).text).toBe('UPDATE t SET a = ? WHERE b = ? AND c = ?');
  });

  it('gets one placeholder for each element of a list, whatever length it had before', () => {
    const sql = 'SELECT 1 WHERE a IN (:list) AND b = :b';
    for (const list of [['x'], ['x', 'y', 'z'], ['y']]) {
      const { text, parameters } = toSqlStatement(sql, { list, b: 2 }, postgres);
      const places = list.map((_, i) => `$${i + 1}`).join(', ');
      expect(text).toBe(`SELECT 1 WHERE a IN (${places}) AND b = $${list.length + 1}`);
      expect(parameters).toEqual([...list, 2]);
    }
  });

  it('does not run without a value, because a missing one would find other rows', () => {
    expect(() => toSqlStatement('SELECT :forgotten', {}, postgres)).toThrow('forgotten');
  });

  it.each([
    ['a cast', 'SELECT :a::text', 'SELECT $1::text'],
    ['a colon in a text', "SELECT 'at 10:am', :a", "SELECT 'at 10:am', $1"],
    ['an escaped quote in a text', "SELECT 'it''s :no', :a", "SELECT 'it''s :no', $1"],
    ['a quoted column', 'SELECT "x:y", :a', 'SELECT "x:y", $1'],
    ['a column quoted as in MySQL', 'SELECT `x:y`, :a', 'SELECT `x:y`, $1'],
    ['a comment to the end of the line', 'SELECT 1 -- not :this\n, :a', 'SELECT 1 -- not :this\n, $1'],
    ['a comment between', 'SELECT /* not :this */ :a', 'SELECT /* not :this */ $1'],
    ['a slice of an array', 'SELECT list[1:2], :a', 'SELECT list[1:2], $1'],
  ])('does not take %s for a name', (_what, sql, text) => {
    expect(toSqlStatement(sql, { a: 1 }, postgres)).toEqual({ text, parameters: [1] });
  });
});
