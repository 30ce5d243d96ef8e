import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Words that do not say what a thing is or does. */
const EMPTY_WORDS = /(?:Manager|Helper|Util|Utils|Base|Impl)(?=$|[A-Z])/;
const EMPTY_PARTS = /(?:^|[.-])(?:managers?|helpers?|utils?|base|impl)(?=[.-])/;
const FILE_NAME = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*\.(?:ts|js|mjs|cjs)$/;

/** File names are kebab-case and end with the kind of thing: `token.store.ts`. */
export const fileName = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program(node) {
      const name = basename(context.filename);
      const migration = /^\d+-/.test(name);
      if (!migration && !FILE_NAME.test(name))
        context.report({ node, message: `"${name}" is not kebab-case.` });
      if (EMPTY_PARTS.test(name))
        context.report({ node, message: `"${name}" says nothing: name the thing.` });
    },
  }),
};

/** Declarations with names that the rule checks. */
const THINGS = [
  'ClassDeclaration > Identifier.id',
  'FunctionDeclaration > Identifier.id',
  'TSInterfaceDeclaration > Identifier.id',
  'TSTypeAliasDeclaration > Identifier.id',
  'TSEnumDeclaration > Identifier.id',
];
/** Local names: a variable may keep the name that a library uses, such as manager. */
const PARTS = [
  'VariableDeclarator > Identifier.id',
  'MethodDefinition > Identifier.key',
  'TSAbstractMethodDefinition > Identifier.key',
  'PropertyDefinition > Identifier.key',
];

const capital = (name) => name.replace(/^[a-z]/, (first) => first.toUpperCase());

/** No Manager, Helper, Util, Base, Impl. Service, Repository, Mapper, Guard and Filter are standard words and allowed. */
export const emptyWords = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const complain = (node) =>
      context.report({ node, message: `"${node.name}" says nothing: name what it does or is.` });
    return {
      [THINGS.join()](node) {
        if (EMPTY_WORDS.test(capital(node.name))) complain(node);
      },
    };
  },
};

/** Everything inside the package is about two factors, so only exported names of the entry point repeat it. */
export const noRepeatedName = {
  meta: { type: 'problem', schema: [{ type: 'object', properties: { doors: { type: 'array' } } }] },
  create(context) {
    const doors = context.options[0].doors
      .filter((door) => existsSync(door))
      .map((door) => readFileSync(door, 'utf8'))
      .join('\n');
    return {
      [[...THINGS, ...PARTS].join()](node) {
        const repeated = /two-?factor/i.test(node.name) && node.parent.type !== 'MethodDefinition';
        if (repeated && !new RegExp(`\\b${node.name}\\b`).test(doors)) {
          context.report({ node, message: `"${node.name}" repeats "TwoFactor" though it is not exported.` });
        }
      },
    };
  },
};
