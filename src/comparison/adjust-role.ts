import { adjustHolm } from '../statistics/holm.ts';
import type { ComparisonCell } from './comparison.schema.ts';

/** A question that was asked of a cell; p is null where there was no answer. */
export interface Question {
  readonly role: ComparisonCell['role'];
  readonly p: number | null;
}

/**
 * Holm over the cells of each role, in the order given; a cell without a p was asked all the same and counts in the
 * size of its family.
 */
export function adjustByRole(questions: readonly Question[]): readonly (number | null)[] {
  const adjusted = new Map<Question, number>();
  for (const family of Map.groupBy(questions, ({ role }) => role).values()) {
    const tested = family.filter(({ p }) => p !== null);
    const answers = adjustHolm(
      tested.map(({ p }) => p ?? 1),
      family.length,
    );
    for (const [index, question] of tested.entries()) adjusted.set(question, answers[index] ?? 1);
  }
  return questions.map((question) => adjusted.get(question) ?? null);
}
