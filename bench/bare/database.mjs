import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';

/** Runs statements with `?` on the database of this URL; returns the rows, if any. */
export async function connect(url) {
  if (url.startsWith('sqlite:')) return sqlite(url.slice('sqlite:'.length));
  return url.startsWith('postgres') ? postgres(url) : mariaDb(url);
}

function sqlite(file) {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  const known = new Map();
  const prepared = (sql) => known.get(sql) ?? known.set(sql, database.prepare(sql)).get(sql);
  const run = async (sql, values = []) => {
    const statement = prepared(sql);
    return statement.reader ? statement.all(...values) : void statement.run(...values);
  };
  return { run, close: async () => void database.close() };
}

function postgres(connectionString) {
  const pool = new pg.Pool({ connectionString });
  const texts = new Map();
  const numbered = (sql) => {
    let at = 0;
    return (
      texts.get(sql) ??
      texts
        .set(
          sql,
          sql.replace(/\?/g, () => `$${++at}`),
        )
        .get(sql)
    );
  };
  const run = async (sql, values = []) => (await pool.query(numbered(sql), values)).rows;
  return { run, close: () => pool.end() };
}

function mariaDb(url) {
  const pool = mysql.createPool(url);
  return { run: async (sql, values = []) => (await pool.query(sql, values))[0], close: () => pool.end() };
}
