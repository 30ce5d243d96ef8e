import { execFileSync, spawnSync } from 'node:child_process';
import { PlantedTree, projectRoot } from './planted-tree.js';

/** Asks one function of the tools, in a process of its own, and reads its answer as JSON. */
function asks(module: string, call: string): unknown {
  const code = `import * as tool from '${projectRoot}scripts/${module}';console.log(JSON.stringify(tool.${call}))`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }),
  );
}

describe('what would be published', () => {
  const manifest = {
    exports: { '.': { source: './src/index.ts', default: './dist/index.js' } },
    description: 'Pages.',
    keywords: ['pages'],
    license: 'MIT',
  };
  const whole = [
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'package.json',
    'dist/index.js',
    'dist/index.d.ts',
    'messages/en.json',
    'assets/page-buttons.js',
    'assets/clock-hint.js',
    'templates/challenge/answer.hbs',
  ];
  const faults = (files: readonly string[], described: object = manifest): unknown =>
    asks('check/package-contents.mjs', `faults(${JSON.stringify(files)}, ${JSON.stringify(described)})`);

  it('is whole with pages, texts, declarations and a licence', () => {
    expect(faults(whole)).toEqual([]);
  });

  it('cannot lack its pages', () => {
    expect(faults(whole.slice(0, -1))).toEqual(['missing: any page below templates/']);
  });

  it('cannot lack a file that its manifest promises', () => {
    const testing = { './testing': { default: './dist/testing/index.js' } };
    expect(faults(whole, { ...manifest, exports: { ...manifest.exports, ...testing } })).toEqual([
      'missing: dist/testing/index.js',
    ]);
  });

  it('cannot lack the words that people search for', () => {
    expect(faults(whole, { ...manifest, keywords: [] })).toEqual(['missing in package.json: keywords']);
  });

  it.each([
    ['no map', undefined, ['missing: dist/index.js.map']],
    [
      'a map without sources',
      { sources: ['../src/index.ts'] },
      ['dist/index.js.map does not contain its sources'],
    ],
    ['a map with its sources', { sources: ['../src/index.ts'], sourcesContent: ['export {};'] }, []],
  ])('leads a debugger to the source: %s', (_what, map, expected) => {
    const text = map === undefined ? 'undefined' : JSON.stringify(JSON.stringify(map));
    expect(asks('check/package-contents.mjs', `mapFaults('dist/index.js', ${text})`)).toEqual(expected);
  });

  it('cannot carry specs or sources', () => {
    const surplus = ['dist/core/rule.spec.js', 'dist/core/rule.spec.js.map', 'src/index.ts'];
    expect(faults([...whole, ...surplus])).toEqual(surplus.map((file) => `must not be published: ${file}`));
  });
});

describe('the count at the end of the tests', () => {
  const count = (report: object | null): unknown =>
    asks('test/results.mjs', `countResults(${JSON.stringify(report)})`);
  const file = (...statuses: string[]): object => ({
    assertionResults: statuses.map((status, index) => ({ status, fullName: `${status} ${index}` })),
  });

  it('takes a file that cannot be loaded for a failure', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1, testResults: [] };
    expect(count(report)).toEqual({ files: 0, passed: 3, failed: 2, skipped: [] });
  });

  it('takes a run without a report, or without a test, for a failure', () => {
    const empty = { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0, testResults: [] };
    expect([count(null), count(empty)]).toEqual(
      Array(2).fill({ files: 0, passed: 0, failed: 1, skipped: [] }),
    );
  });

  it('names the skipped groups', () => {
    const results = [file('passed', 'pending', 'todo')];
    const report = {
      numPassedTests: 1,
      numFailedTests: 0,
      numRuntimeErrorTestSuites: 0,
      testResults: results,
    };
    expect(count(report)).toMatchObject({ files: 1, skipped: ['pending 1', 'todo 2'] });
  });
});

describe('npm test', () => {
  const endOf = (env: object, spec: string): { lines: string[]; said: string; status: number | null } => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['scripts/test.mjs', '--runTestsByPath', spec],
      {
        cwd: projectRoot,
        encoding: 'utf8',
        env: { ...{ PATH: process.env['PATH'] }, ...env },
      },
    );
    return { lines: stdout.trimEnd().split('\n'), said: stderr, status };
  };
  const present = { TEST_POSTGRES_URL: 'x', TEST_MARIADB_URL: 'x', TEST_REDIS_URL: 'x' };

  it('fails when everything is required and something is absent', () => {
    const { lines, status } = endOf({ ...present, REQUIRE_ALL: '1' }, 'test/tooling/tiny.tooling-spec.ts');
    expect(lines).toContain('required, but not run: Chromium (TEST_CHROMIUM is not set)');
    expect({ last: lines.at(-1), status }).toEqual({ last: '1 passed, 1 failed', status: 1 });
  });

  it('says what ran and what did not, and ends with the count', () => {
    const { lines, status } = endOf(present, 'test/tooling/tiny.tooling-spec.ts');
    expect(lines).toEqual([
      'SQLite: ran',
      'PostgreSQL: ran',
      'MariaDB: ran',
      'Redis: ran',
      'Chromium: not run (TEST_CHROMIUM is not set)',
      expect.stringMatching(/^1 file in \d+ s$/),
      '1 passed, 0 failed',
    ]);
    expect(status).toBe(0);
  });

  it('says before the first file how many there are, and how far it is while it runs', () => {
    const { said } = endOf(present, 'test/tooling/tiny.tooling-spec.ts');
    expect(said).toMatch(/^1 test file to run\n[^]*PASS [^]*^1\/1 files done after \d+ s$/m);
  });

  it.each([
    [900, '1 s'],
    [59_400, '59 s'],
    [60_000, '1 min 0 s'],
    [3_727_000, '62 min 7 s'],
  ])('writes %i ms as %s', (milliseconds, text) => {
    expect(asks('test/duration.mjs', `duration(${milliseconds})`)).toBe(text);
  });
});

describe('the gate', () => {
  it('refuses a part it does not know, rather than passing without it', () => {
    const { status, stderr } = new PlantedTree({}).run('scripts/check.mjs', 'lnit');
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('lnit') as string,
    });
  });
});
