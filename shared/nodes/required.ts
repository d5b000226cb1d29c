/** A value that the compiler has made sure of; `what` names the node and the value if it has not. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}
