import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from './doc-page.js';

/** A name that the package's front door lets out, and where it is declared. */
export interface Exported {
  readonly name: string;
  readonly file: string;
  /** The doc comment at its declaration; empty when there is none. */
  readonly doc: string;
  readonly node: ts.Node;
}

/** A member of a class or an interface, with its doc comment on one line and its type as written. */
export interface Member {
  readonly name: string;
  readonly doc: string;
  readonly optional: boolean;
  readonly type: ts.TypeNode | undefined;
}

/** The package's sources. */
const sources = 'modules/two-factor/src';

const read = new Map<string, ts.SourceFile>();

/** The syntax of one of the package's files; the path is from its sources. Each is read once. */
export function syntaxOf(file: string): ts.SourceFile {
  const syntax = read.get(file) ?? parsed(file);
  read.set(file, syntax);
  return syntax;
}

function parsed(file: string): ts.SourceFile {
  const text = readFileSync(join(root, sources, file), 'utf8');
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

/** Everything that `index.ts` exports. */
export function exportedNames(): Exported[] {
  return syntaxOf('index.ts').statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) return [];
    const from = (statement.moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, '.ts');
    const names = (statement.exportClause as ts.NamedExports).elements.map(({ name }) => name.text);
    return names.map((name) => declared(name, join(dirname('index.ts'), from)));
  });
}

/** A declaration by its name. */
export function declared(name: string, file: string): Exported {
  const node = syntaxOf(file).statements.find((statement) => namesOf(statement).includes(name));
  if (!node) throw new Error(`${file} does not declare ${name}.`);
  return { name, file, doc: docOf(node), node };
}

/** The members of a class or an interface. */
export function membersOf(name: string, file: string): Member[] {
  const { node } = declared(name, file);
  if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node))
    throw new Error(`${name} has no members.`);
  return [...node.members].map((member) => ({
    name: nameOf(member.name),
    doc: docOf(member),
    optional: (member as ts.PropertySignature).questionToken !== undefined,
    type: (member as ts.PropertySignature).type,
  }));
}

/** The names of the members of a type written out, such as `{ kind: string }`. */
export function fieldsOf(type: ts.TypeNode | undefined): string[] {
  return type && ts.isTypeLiteralNode(type) ? type.members.map(({ name }) => nameOf(name)) : [];
}

/** Every text in a part of the syntax. */
export function textsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  const found: string[] = [];
  ts.forEachChild(node, (child) => void found.push(...textsIn(child)));
  return found;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => nameOf(name as ts.Identifier));
  return [nameOf((statement as ts.ClassDeclaration).name)];
}

function nameOf(name: ts.PropertyName | undefined): string {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : '';
}

function docOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return (ts.getTextOfJSDocComment(doc?.comment) ?? '').replace(/\s+/g, ' ').trim();
}
