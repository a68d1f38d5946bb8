/** Id of a deployment in the journal, from its position in the run: `d003`. */
export function nameDeployment(order: number): string {
  return `d${String(order).padStart(3, '0')}`;
}
