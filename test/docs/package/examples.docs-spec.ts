import { join } from 'node:path';
import ts from 'typescript';
import { DocPage, filesBelow, root } from '../support/doc-page.js';

/** Examples may import files of this host, which has users and an adapter. */
const host = join(root, 'test/foreign-host/first-host');
const unitOfWork = 'modules/typeorm-unit-of-work';
const pages = [
  'modules/two-factor-sms/README.md',
  `${unitOfWork}/README.md`,
  ...filesBelow(`${unitOfWork}/docs`, '.md').map((name) => `${unitOfWork}/docs/${name}`),
];

/** The examples of a page, each as a file that is not stored. */
function examplesOf(path: string): [string, string][] {
  const blocks = [...new DocPage(path).text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, text = ''], at) => [join(host, `${path.replace(/\W/g, '-')}-${at}.ts`), text]);
}

/** What the compiler says of these files, with the options of the project. */
function complaints(files: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const compiler = ts.createCompilerHost(options);
  const { fileExists, readFile } = compiler;
  compiler.fileExists = (path) => files.has(path) || fileExists(path);
  compiler.readFile = (path) => files.get(path) ?? readFile(path);
  const program = ts.createProgram([...files.keys()], options, compiler);
  const found = [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  return found.map(
    ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
  );
}

describe('the examples of the smaller packages', () => {
  test.each(pages)('%s has one', (path) => {
    expect(examplesOf(path)).not.toEqual([]);
  });

  test('compile as pasted', () => {
    expect(complaints(new Map(pages.flatMap(examplesOf)))).toEqual([]);
  }, 120_000);

  test('are refused with a name that does not exist', () => {
    const file = join(host, 'wrong.ts');
    const text = "import { transactions } from 'typeorm-unit-of-work';\ntransactions();\n";
    expect(complaints(new Map([[file, text]]))).toEqual([expect.stringContaining('no exported member')]);
  }, 120_000);
});
