import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Words that say "I could not think of what this is". */
const EMPTY_WORDS = /(?:Manager|Helper|Util|Utils|Base|Impl)(?=$|[A-Z])/;
const EMPTY_PARTS = /(?:^|[.-])(?:managers?|helpers?|utils?|base|impl)(?=[.-])/;
const FILE_NAME = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*\.(?:ts|js|mjs|cjs)$/;

/** File names are kebab-case, thing and kind of thing: `token.store.ts`. */
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

/** Names that stand for a thing of the house. */
const THINGS = [
  'ClassDeclaration > Identifier.id',
  'FunctionDeclaration > Identifier.id',
  'TSInterfaceDeclaration > Identifier.id',
  'TSTypeAliasDeclaration > Identifier.id',
  'TSEnumDeclaration > Identifier.id',
];
/** Names that live inside one: what a library calls a manager may be kept in a variable of that name. */
const PARTS = [
  'VariableDeclarator > Identifier.id',
  'MethodDefinition > Identifier.key',
  'TSAbstractMethodDefinition > Identifier.key',
  'PropertyDefinition > Identifier.key',
];

/** By what calls them: the mixin point of @nestjs/passport, and what an environment of jest hears. */
const CALLED_SO = ['handleRequest', 'handleTestEvent'];

const capital = (name) => name.replace(/^[a-z]/, (first) => first.toUpperCase());

/** No Manager, Helper, Util, Base, Impl; nothing "handles". */
export const emptyWords = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const complain = (node) =>
      context.report({ node, message: `"${node.name}" says nothing: name what it does or is.` });
    return {
      [THINGS.join()](node) {
        if (EMPTY_WORDS.test(capital(node.name))) complain(node);
      },
      [[...THINGS, ...PARTS].join()](node) {
        if (/^[hH]andle(?=$|[A-Z])/.test(node.name) && !CALLED_SO.includes(node.name)) complain(node);
      },
    };
  },
};

/** Inside the package everything is about two factors; only names that leave by the front door say so again. */
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
