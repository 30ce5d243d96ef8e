import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from './doc-page.js';

/** A name that an entry of the package exports, and where it is declared. */
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

/** Everything that the public API exports, or another entry; its path is from the package's sources. */
export function exportedNames(entry = 'index.ts'): Exported[] {
  return syntaxOf(entry).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) return [];
    const from = (statement.moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, '.ts');
    const names = (statement.exportClause as ts.NamedExports).elements.map(({ name }) => name.text);
    return names.map((name) => declared(name, join(dirname(entry), from)));
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

/** The properties of the first object literal in a part of the syntax, with their values as written. */
export function propertiesIn(node: ts.Node): Map<string, string> {
  const assigned = firstObject(node)?.properties.filter(ts.isPropertyAssignment) ?? [];
  return new Map(assigned.map(({ name, initializer }) => [nameOf(name), initializer.getText()]));
}

/** The types that a host sees in a declaration: no bodies, no private members, and protected ones only where a class is there to be extended. */
export function publicTypes(node: ts.Node): string[] {
  if (isInner(node) || ts.isBlock(node)) return [];
  const own = ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) ? [node.typeName.text] : [];
  const found: string[] = [];
  ts.forEachChild(node, (child) => void found.push(...publicTypes(child)));
  return [...own, ...found];
}

/** The names in a file that the package declares itself, there or in another file, each with that file. */
export function ownNames(file: string): Map<string, string> {
  const names = syntaxOf(file).statements.flatMap((statement): [string, string][] => {
    if (!ts.isImportDeclaration(statement)) return namesOf(statement).map((name) => [name, file]);
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    const bindings = statement.importClause?.namedBindings;
    if (!from.startsWith('.') || !bindings || !ts.isNamedImports(bindings)) return [];
    const place = join(dirname(file), from.replace(/\.js$/, '.ts'));
    return bindings.elements.map(({ name }) => [name.text, place]);
  });
  return new Map(names);
}

function isInner(node: ts.Node): boolean {
  const kinds = modifiersOf(node);
  if (kinds.includes(ts.SyntaxKind.PrivateKeyword)) return true;
  return kinds.includes(ts.SyntaxKind.ProtectedKeyword) && !isToBeExtended(node);
}

/** Whether it stands in an abstract class. */
function isToBeExtended(node: ts.Node): boolean {
  const owner = ts.findAncestor(node, ts.isClassDeclaration);
  return owner !== undefined && modifiersOf(owner).includes(ts.SyntaxKind.AbstractKeyword);
}

function modifiersOf(node: ts.Node): ts.SyntaxKind[] {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.map(({ kind }) => kind);
}

function firstObject(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  return ts.isObjectLiteralExpression(node) ? node : ts.forEachChild(node, firstObject);
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
