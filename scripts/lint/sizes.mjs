const isDescribe = ({ parent }) =>
  parent.type === 'CallExpression' && /^(?:[xf]?describe|forEach[A-Z]\w*)$/.test(calledName(parent.callee));

/** `describe.each(rows)(…)` and `describe.skip(…)` count as `describe`; `forEachDatabase(…)` is one for each database. */
function calledName(callee) {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression') return calledName(callee.object);
  return callee.type === 'CallExpression' || callee.type === 'TaggedTemplateExpression'
    ? calledName(callee.callee ?? callee.tag)
    : '';
}

/** A function has at most `max` lines. A `describe` block is a chapter and no function, so its lines do not count. */
export const functionLines = {
  meta: { type: 'problem', schema: [{ type: 'integer' }] },
  create(context) {
    const [max] = context.options;
    const forgiven = [0];
    return {
      ':function': () => forgiven.push(0),
      ':function:exit'(node) {
        const all = node.loc.end.line - node.loc.start.line + 1;
        const own = all - forgiven.pop();
        if (isDescribe(node)) forgiven[forgiven.length - 1] += all;
        else forgiven[forgiven.length - 1] += all - own;
        if (own > max && !isDescribe(node)) {
          context.report({ node, message: `This function has ${own} lines; the ceiling is ${max}.` });
        }
      },
    };
  },
};

const isConstructor = ({ parent }) => parent.type === 'MethodDefinition' && parent.kind === 'constructor';
const isDecorated = ({ parent }) => parent.parent?.parent?.decorators?.length > 0;

/** At most `max` parameters; the constructor of a decorated class may have `injected` of them. */
export const parameterCount = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { max: { type: 'integer' }, injected: { type: 'integer' } } }],
  },
  create(context) {
    const { max, injected } = context.options[0];
    return {
      ':function'(node) {
        const ceiling = isConstructor(node) && isDecorated(node) ? injected : max;
        if (node.params.length > ceiling) {
          context.report({ node, message: `${node.params.length} parameters; the ceiling is ${ceiling}.` });
        }
      },
    };
  },
};
