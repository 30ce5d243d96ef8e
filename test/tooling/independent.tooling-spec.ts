import { PlantedTree, projectRoot } from './planted-tree.js';

/** The result of the check for a portal of four lines, with these further files. */
function checked(files: Readonly<Record<string, string>>): { stdout: string; status: number | null } {
  const portal = {
    'package.json': '{ "name": "client-area", "type": "module" }',
    'ormconfig.ts': 'export default 1;',
    'src/portal/modules/installed-modules.ts': [
      `import { twoFactor } from '../../two-factor/two-factor.portal-module.js';`,
      'export const installedModules: readonly string[] = [twoFactor];\n',
    ].join('\n'),
    'src/two-factor/two-factor.portal-module.ts': `import { TwoFactor } from 'nestjs-two-factor';\nexport const twoFactor = TwoFactor.name;`,
  };
  const tree = new PlantedTree({ ...portal, ...files });
  for (const name of ['tsconfig.base.json', 'tsconfig.build.json']) tree.copy(name);
  tree.link('node_modules', `${projectRoot}node_modules`);
  try {
    const { stdout, status } = tree.run('scripts/check/independent.mjs', tree.root);
    return { stdout, status };
  } finally {
    tree.remove();
  }
}

describe('the portal without two-factor', () => {
  it('builds when only its adapters import the package', () => {
    expect(checked({ 'src/main.ts': `import './portal/modules/installed-modules.js';` })).toEqual({
      stdout: '',
      status: 0,
    });
  });

  it.each([
    [
      'the package',
      `import 'nestjs-two-factor';\nimport type { Actor } from 'nestjs-two-factor';\nexport type A = Actor;`,
    ],
    [
      'an adapter',
      `import { twoFactor } from './two-factor/two-factor.portal-module.js';\nexport default twoFactor;`,
    ],
  ])('cannot import %s elsewhere: the check fails with the name of the file', (_what, text) => {
    const { stdout, status } = checked({ 'src/main.ts': text });
    expect(status).toBe(1);
    expect(stdout).toContain('does not build without nestjs-two-factor. It is needed by src/main.ts.');
  });
});
