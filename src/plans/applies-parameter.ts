import type { Plan } from './plan.schema.ts';

/** Whether a plan reaches a parameter: its layer is treated, and of the layer `guest` its kind of guest is measured. */
export function appliesParameter({ layers, guests }: Pick<Plan, 'layers' | 'guests'>, parameter: string): boolean {
  const [layer, kind] = parameter.split('.');
  return layers.some((known) => known === layer) && (layer !== 'guest' || guests.some((known) => known === kind));
}
