import { PlantedTree, projectRoot } from './planted-tree.js';
import { faults, sound } from './planted-faults.js';

interface Complaints {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

const compiler = {
  extends: `${projectRoot}tsconfig.base.json`,
  compilerOptions: { types: ['node'], noEmit: true },
  include: ['src', 'modules'],
};

/** The messages of eslint about each planted file, under the project's own configuration: `rule: file`. */
function complaints(files: Readonly<Record<string, string>>): string[] {
  const tree = new PlantedTree({ ...files, 'tsconfig.json': JSON.stringify(compiler) });
  tree.link('node_modules', `${projectRoot}node_modules`);
  try {
    const { stdout, stderr } = tree.run(
      'node_modules/eslint/bin/eslint.js',
      ...['--config', `${projectRoot}eslint.config.js`, '--format', 'json', 'src', 'modules'],
    );
    if (!stdout.startsWith('[')) throw new Error(stderr);
    return (JSON.parse(stdout) as Complaints[]).flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, message }) => `${ruleId ?? message}: ${filePath.slice(tree.root.length + 1)}`),
    );
  } finally {
    tree.remove();
  }
}

describe('the ceilings and the names', () => {
  const planted = Object.fromEntries(faults.map(([, , file, text]) => [file, text]));
  const said = complaints({ ...planted, ...sound });

  it.each(faults)('%s cannot get in', (_what, rule, file) => {
    expect(said).toContain(`${rule}: ${file}`);
  });

  it.each(Object.keys(sound))('%s is left alone', (file) => {
    expect(said.filter((line) => line.endsWith(`: ${file}`))).toEqual([]);
  });
});
