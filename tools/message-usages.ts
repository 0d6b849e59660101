import ts from 'typescript';

/** How a source uses a message. `key` is a whole one; `prefix` is the literal begin of one that is put together. */
export type MessageUse = {
  kind: 'key' | 'prefix';
  /** Dotted, without the namespace. */
  text: string;
  /** Null where a translator came as an argument and its namespace is not written there. */
  namespace: string | null;
  where: string;
};

const makers = ['useTranslations', 'getTranslations', 'createTranslator'];
const methods = ['rich', 'markup', 'raw', 'has'];
const NOT_A_TRANSLATOR = Symbol();
type Namespace = string | null | typeof NOT_A_TRANSLATOR;

/** Every use of a message in one TypeScript source, found in its syntax tree. */
export function messageUses(fileName: string, source: string): MessageUse[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
  const scopes = new Map<ts.Node, Map<string, Namespace>>();
  const uses: MessageUse[] = [];

  visit(file, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer) bind(node.name, node.initializer, scopeOf(node));
    if (ts.isParameter(node)) bindParameter(node.name, node.type, node.parent);
  });
  visit(file, (node) => {
    if (!ts.isCallExpression(node) || !node.arguments[0]) return;
    const namespace = namespaceOf(node.expression);
    if (namespace === NOT_A_TRANSLATOR) return;
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    for (const use of keysOf(node.arguments[0]))
      uses.push({ ...use, namespace, where: `${fileName}:${line}` });
  });
  return uses;

  function declare(scope: ts.Node, name: string, namespace: Namespace): void {
    scopes.set(scope, (scopes.get(scope) ?? new Map()).set(name, namespace));
  }

  function bind(name: ts.BindingName, value: ts.Expression, scope: ts.Node): void {
    const made = unwrap(value);
    if (ts.isIdentifier(name)) {
      declare(scope, name.text, madeNamespace(made) ?? NOT_A_TRANSLATOR);
    } else if (ts.isArrayBindingPattern(name)) {
      // const [rows, t] = await Promise.all([…, getTranslations('x')])
      const list = ts.isCallExpression(made) && made.arguments[0];
      name.elements.forEach((element, index) => {
        const item = list && ts.isArrayLiteralExpression(list) ? list.elements[index] : undefined;
        if (ts.isBindingElement(element) && item) bind(element.name, item, scope);
      });
    }
  }

  /** A translator that is handed over counts for every namespace unless its type names one. */
  function bindParameter(name: ts.BindingName, type: ts.TypeNode | undefined, scope: ts.Node): void {
    const named = /Translations<'([^']*)'>/.exec(type?.getText() ?? '')?.[1] ?? null;
    if (ts.isIdentifier(name) && name.text === 't') declare(scope, 't', named);
  }

  function namespaceOf(callee: ts.Expression): Namespace {
    const called = unwrap(callee);
    const made = madeNamespace(called);
    if (made !== undefined) return made;
    if (ts.isIdentifier(called)) return lookUp(called, called.text);
    if (!ts.isPropertyAccessExpression(called)) return NOT_A_TRANSLATOR;
    if (methods.includes(called.name.text)) return namespaceOf(called.expression);
    return called.name.text === 't' ? null : NOT_A_TRANSLATOR;
  }

  function lookUp(from: ts.Node, name: string): Namespace {
    for (let node: ts.Node | undefined = from; node; node = node.parent) {
      const found = scopes.get(node)?.get(name);
      if (found !== undefined) return found;
    }
    return name === 't' ? null : NOT_A_TRANSLATOR;
  }
}

/** The namespace of `useTranslations('x')` and its like, '' for the whole tree; undefined for any other expression. */
function madeNamespace(node: ts.Expression): string | undefined {
  if (!ts.isCallExpression(node) || !makers.includes(node.expression.getText())) return undefined;
  const [argument] = node.arguments;
  if (!argument) return '';
  if (ts.isStringLiteralLike(argument)) return argument.text;
  return /namespace: '([^']*)'/.exec(argument.getText())?.[1] ?? '';
}

function keysOf(argument: ts.Expression): Pick<MessageUse, 'kind' | 'text'>[] {
  const node = unwrap(argument);
  if (ts.isStringLiteralLike(node)) return [{ kind: 'key', text: node.text }];
  if (ts.isTemplateExpression(node)) return [{ kind: 'prefix', text: node.head.text }];
  if (ts.isConditionalExpression(node)) return [...keysOf(node.whenTrue), ...keysOf(node.whenFalse)];
  return [{ kind: 'prefix', text: '' }];
}

function unwrap(node: ts.Expression): ts.Expression {
  const wraps = ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node);
  return wraps ? unwrap(node.expression) : node;
}

function scopeOf(node: ts.Node): ts.Node {
  let scope = node.parent;
  while (!ts.isBlock(scope) && !ts.isSourceFile(scope) && !ts.isFunctionLike(scope)) scope = scope.parent;
  return scope;
}

function visit(node: ts.Node, act: (node: ts.Node) => void): void {
  act(node);
  ts.forEachChild(node, (child) => visit(child, act));
}
