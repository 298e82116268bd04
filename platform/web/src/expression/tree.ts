/** A checked expression as the metadata brings it: the server read and typed it, the browser only computes it. */
export type Node = ConstantNode | PathNode | CallNode;

export type TypeWord = string;

export interface ConstantNode {
  /** Nothing for what is empty. */
  value?: string | boolean;
  type: TypeWord;
}

export interface PathNode {
  /** The lookups to follow, and last the field. */
  path: readonly string[];
  type: TypeWord;
}

export interface CallNode {
  op: string;
  of: readonly Node[];
  type: TypeWord;
  /** What people read for each option, by language. */
  labels?: Record<string, Record<string, string>>;
  /** A pattern's machine. */
  steps?: readonly Step[];
}

/** Takes a character of the ranges, or of none of them, or goes on at two places; empty at the end. */
export type Step = readonly number[] | { not?: readonly number[]; or?: readonly [number, number] };

/** Shows the visitor every path of a tree. */
export function pathsOf(node: Node): readonly (readonly string[])[] {
  if ('path' in node) {
    return [node.path];
  }
  return 'op' in node ? node.of.flatMap(pathsOf) : [];
}
