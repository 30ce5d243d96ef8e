import { createRequire } from 'node:module';
import { PlantedTree, projectRoot } from './planted-tree.js';
import { testEnvironment, plants, props } from './planted-walls.js';

interface Wall {
  readonly name: string;
  readonly comment: string;
  readonly severity: string;
}

const config = createRequire(import.meta.url)(`${projectRoot}.dependency-cruiser.cjs`) as {
  forbidden: Wall[];
};

/** The violations in a tree: `rule: file`. */
function violations(files: Readonly<Record<string, string>>): string[] {
  const tree = new PlantedTree(files);
  tree.link('node_modules/nestjs-two-factor', '../modules/two-factor');
  tree.link('node_modules/typeorm-unit-of-work', '../modules/typeorm-unit-of-work');
  try {
    const { stdout, stderr } = tree.run(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', `${projectRoot}.dependency-cruiser.cjs`, '-T', 'json', 'src', 'modules', 'test'],
    );
    if (!stdout.startsWith('{')) throw new Error(stderr);
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string }; from: string }[] };
    };
    return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  } finally {
    tree.remove();
  }
}

describe('the walls between the rooms', () => {
  const seen = violations({ ...testEnvironment, ...props, ...Object.fromEntries(Object.values(plants)) });

  it.each(Object.entries(plants))('%s cannot be broken unseen', (name, [file]) => {
    expect(seen).toContain(`${name}: ${file}`);
  });

  it('let pass what keeps to its room', () => {
    expect(violations(testEnvironment)).toEqual([]);
  });

  it('have a planted violation each', () => {
    expect(config.forbidden.map(({ name }) => name).toSorted()).toEqual(Object.keys(plants).toSorted());
  });

  it('all stop the gate, and say why they stand', () => {
    expect(config.forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
    expect(config.forbidden.filter(({ comment }) => comment.length < 30)).toEqual([]);
  });
});
