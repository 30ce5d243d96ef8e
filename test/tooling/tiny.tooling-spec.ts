import { projectRoot } from './planted-tree.js';

/** The smallest run there is; `gate.tooling-spec.ts` looks at how such a run ends. */
it('a test finds its project', () => {
  expect(projectRoot.endsWith('/')).toBe(true);
});
