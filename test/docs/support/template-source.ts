import Handlebars from 'handlebars';

type Node = hbs.AST.Node;

/** The helpers of Handlebars itself. */
const builtIn = ['if', 'unless', 'each', 'lookup'];

/** The members of its model that a template reads, and the helpers that it calls. */
export class TemplateSource {
  readonly reads = new Set<string>();
  readonly helpers = new Set<string>();

  constructor(text: string) {
    this.program(Handlebars.parse(text), 0);
  }

  private program(program: hbs.AST.Program | undefined, depth: number): void {
    for (const statement of program?.body ?? []) this.statement(statement, depth);
  }

  private statement(node: Node, depth: number): void {
    if (node.type === 'MustacheStatement') this.mustache(node as hbs.AST.MustacheStatement, depth);
    if (node.type === 'BlockStatement') this.block(node as hbs.AST.BlockStatement, depth);
    if (node.type === 'PartialStatement') this.partial(node as hbs.AST.PartialStatement, depth);
  }

  /** `{{name}}`, or a call of a helper. */
  private mustache(node: hbs.AST.MustacheStatement, depth: number): void {
    if (node.params.length > 0 || hasHash(node)) this.call(node, depth);
    else this.value(node.path, depth);
  }

  /** Inside `each`, names belong to the item of the list. */
  private block(node: hbs.AST.BlockStatement, depth: number): void {
    this.call(node, depth);
    this.program(node.program, node.path.original === 'each' ? depth + 1 : depth);
    this.program(node.inverse, depth);
  }

  private partial(node: hbs.AST.PartialStatement, depth: number): void {
    if (node.name.type === 'SubExpression') this.value(node.name, depth);
    this.given(node, depth);
  }

  private call(
    node: hbs.AST.SubExpression | hbs.AST.MustacheStatement | hbs.AST.BlockStatement,
    depth: number,
  ) {
    const name = (node.path as hbs.AST.PathExpression).original;
    if (!builtIn.includes(name)) this.helpers.add(name);
    if (name === 'lookup' && depth === 0) this.reads.add((node.params[1] as hbs.AST.StringLiteral).value);
    this.given(node, depth);
  }

  private given({ params, hash }: { params: Node[]; hash?: hbs.AST.Hash }, depth: number): void {
    for (const each of [...params, ...(hash?.pairs ?? []).map(({ value }) => value)]) this.value(each, depth);
  }

  private value(node: Node, depth: number): void {
    if (node.type === 'SubExpression') this.call(node as hbs.AST.SubExpression, depth);
    if (node.type === 'PathExpression') this.path(node as hbs.AST.PathExpression, depth);
  }

  private path({ data, parts, depth: up }: hbs.AST.PathExpression, depth: number): void {
    const [first, second] = parts as (string | undefined)[];
    if (data && first === 'root' && second) this.reads.add(second);
    if (!data && first && up === depth) this.reads.add(first);
  }
}

/** The types say that there always is one, but the parser can leave it out. */
function hasHash(node: { readonly hash?: hbs.AST.Hash }): boolean {
  return node.hash !== undefined;
}
