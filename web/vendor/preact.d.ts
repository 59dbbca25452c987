// What this project uses of the vendored preact: h(), render() and hooks.

export type Child = VNode | string | number | boolean | null | undefined | Child[];
export interface VNode {
  type: unknown;
  props: unknown;
  key: unknown;
}
export interface Ref<T> {
  current: T;
}
export type View<P> = (props: P) => Child;
interface Attributes {
  key?: string | number;
  // deno-lint-ignore no-explicit-any
  ref?: any;
  // deno-lint-ignore no-explicit-any
  [attribute: string]: any;
}

export function h(tag: string, attributes: Attributes | null, ...children: Child[]): VNode;
export function h<P>(
  view: View<P>,
  props: Omit<P, "children"> & { key?: string | number } | null,
  ...children: Child[]
): VNode;
export function render(tree: Child, parent: Element): void;

export function useState<T>(
  start: T | (() => T),
): [T, (next: T | ((before: T) => T)) => void];
export function useReducer<S, A>(step: (state: S, action: A) => S, start: S): [S, (a: A) => void];
export function useEffect(run: () => void | (() => void), inputs?: unknown[]): void;
export function useLayoutEffect(run: () => void | (() => void), inputs?: unknown[]): void;
export function useRef<T>(start: T): Ref<T>;
export function useMemo<T>(make: () => T, inputs: unknown[]): T;
export function useErrorBoundary(
  report: (error: unknown) => void,
): [unknown, () => void];
