export type Settled<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly thrown: unknown };

/** Does something whose failure must not keep what follows from being done; the caller throws it later. */
export async function settle<T>(act: () => Promise<T>): Promise<Settled<T>> {
  try {
    return { kind: 'done', value: await act() };
  } catch (thrown) {
    return { kind: 'failed', thrown };
  }
}
