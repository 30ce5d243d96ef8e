import { InvalidOptionsError, problemCodes } from 'nestjs-two-factor';
import ts from 'typescript';
import { exportedNames } from '../support/declarations.js';
import { DocPage } from '../support/doc-page.js';

const page = new DocPage('modules/two-factor/docs/errors.md');

describe('errors.md', () => {
  test('no code is missing or made up, and none has another status', () => {
    const rows = page.table('Codes').map(([code = '', status]) => [code, Number(status)]);
    expect(Object.fromEntries(rows)).toEqual(problemCodes);
    expect(rows).toHaveLength(Object.keys(problemCodes).length);
  });

  test('no code is left without saying when, and what people see', () => {
    const short = page.table('Codes').filter((cells) => cells.some((cell) => cell === ''));
    expect(short).toEqual([]);
  });

  test('no class of errors leaves the package without being named', () => {
    const classes = exportedNames()
      .filter(({ node }) => ts.isClassDeclaration(node) && isError(node))
      .map(({ name }) => name);
    expect(page.names('Classes').sort()).toEqual(classes.sort());
  });

  test('the error of invalid options says the name that the page gives it', () => {
    expect(String(new InvalidOptionsError('No issuer.'))).toBe('InvalidOptionsError: No issuer.');
  });
});

function isError({ heritageClauses }: ts.ClassDeclaration): boolean {
  return heritageClauses?.some((clause) => /^extends (Error|HttpException)$/.test(clause.getText())) ?? false;
}
