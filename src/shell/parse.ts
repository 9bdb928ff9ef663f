import type { ParsedScript, SyntaxNode } from 'unbash';
import { forEachChild, parse } from 'unbash';

export type {
  ArithmeticExpression,
  Assignment,
  Command as CommandNode,
  CommandNode as AnyCommandNode,
  CompoundList,
  Coproc,
  DoubleQuotedChild,
  Function as FunctionNode,
  ParameterExpansionPart,
  ParameterOperation,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirection,
  Script,
  Statement,
  SyntaxNode,
  TestExpression,
  Word as WordNode,
  WordPart,
} from 'unbash';

/** The syntax tree of a bash script. The parser recovers from errors: what it understood is in the tree, what not in `errors`. */
export function parseScript(text: string): ParsedScript {
  return parse(text);
}

/** Calls `visit` for each node right below `node`, in source order. */
export function eachChild(node: SyntaxNode, visit: (child: SyntaxNode) => void): void {
  forEachChild(node, visit);
}
