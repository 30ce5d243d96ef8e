const isSpread = ({ type }) => type === 'SpreadElement';

/**
 * A copy may not follow a named member: `{ status: 'passed', ...copied }` takes the status of the copy, where it has one. The
 * authoritative member comes last.
 */
export const spreadFirst = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    ObjectExpression({ properties }) {
      const firstNamed = properties.findIndex((property) => !isSpread(property));
      if (firstNamed === -1) return;
      for (const spread of properties.slice(firstNamed).filter(isSpread))
        if (!isFresh(spread.argument))
          context.report({
            node: spread,
            message: 'Copy first, then name: named members must win over a copy.',
          });
    },
  }),
};

/** A literal in the place of the copy, even behind a condition, is safe: TypeScript sees its members. */
function isFresh(node) {
  if (node.type === 'ObjectExpression') return true;
  if (node.type === 'ConditionalExpression') return isFresh(node.consequent) && isFresh(node.alternate);
  return node.type === 'LogicalExpression' && node.operator === '&&' && isFresh(node.right);
}
