import type { ChangePointKind } from './change-point.ts';

/** Nights from one false alarm to the next on average, when nothing changes and nights are independent. */
export type RunLength = 500 | 1000 | 5000;

/** Values from which on an alarm may be raised, and the most that are looked at. */
export const shortestWindow = 12;
export const longestWindow = 60;

/**
 * Thresholds for windows of 12, 13, ... 60 values, the last for one that slides. From ranks alone, so for any
 * continuous distribution. Simulated with 1,000,000 streams and seed 1 by
 * test/evaluation/compute-change-point-thresholds.ts, which says how; off by about 0.01 for 5,000 nights. Where ranks
 * are few the largest statistic there is stands here: such a window cannot raise an alarm yet.
 */
const thresholds: Readonly<Record<ChangePointKind, Readonly<Record<RunLength, readonly number[]>>>> = {
  'mann-whitney': {
    500: [
      2.882, 3, 3.003, 3.062, 3.037, 3.057, 3.046, 3.055, 3.086, 3.098, 3.096, 3.098, 3.103, 3.118, 3.127, 3.138, 3.135,
      3.144, 3.145, 3.16, 3.153, 3.163, 3.162, 3.162, 3.158, 3.157, 3.163, 3.165, 3.169, 3.172, 3.171, 3.173, 3.17,
      3.177, 3.177, 3.174, 3.18, 3.185, 3.185, 3.186, 3.181, 3.188, 3.188, 3.187, 3.188, 3.189, 3.189, 3.188, 3.3,
    ],
    1000: [
      2.882, 3, 3.098, 3.125, 3.145, 3.175, 3.204, 3.22, 3.229, 3.239, 3.244, 3.262, 3.267, 3.268, 3.286, 3.292, 3.296,
      3.3, 3.31, 3.307, 3.317, 3.319, 3.329, 3.336, 3.343, 3.338, 3.338, 3.342, 3.345, 3.354, 3.35, 3.356, 3.361, 3.358,
      3.357, 3.362, 3.358, 3.362, 3.367, 3.369, 3.367, 3.371, 3.377, 3.377, 3.38, 3.374, 3.377, 3.379, 3.486,
    ],
    5000: [
      2.882, 3, 3.13, 3.24, 3.334, 3.416, 3.465, 3.468, 3.472, 3.506, 3.549, 3.57, 3.572, 3.571, 3.6, 3.611, 3.621,
      3.631, 3.641, 3.657, 3.667, 3.668, 3.676, 3.687, 3.692, 3.69, 3.708, 3.709, 3.715, 3.712, 3.709, 3.72, 3.725,
      3.727, 3.745, 3.744, 3.745, 3.755, 3.759, 3.756, 3.754, 3.759, 3.769, 3.767, 3.769, 3.766, 3.776, 3.777, 3.874,
    ],
  },
  lepage: {
    500: [
      2.983, 3.108, 3.24, 3.361, 3.472, 3.574, 3.587, 3.589, 3.646, 3.699, 3.747, 3.792, 3.834, 3.872, 3.898, 3.815,
      3.786, 3.796, 3.828, 3.85, 3.833, 3.823, 3.806, 3.817, 3.828, 3.848, 3.862, 3.859, 3.861, 3.85, 3.856, 3.854,
      3.872, 3.876, 3.882, 3.896, 3.889, 3.883, 3.883, 3.887, 3.897, 3.898, 3.906, 3.911, 3.904, 3.904, 3.902, 3.901,
      4.083,
    ],
    1000: [
      2.983, 3.108, 3.24, 3.361, 3.472, 3.574, 3.667, 3.753, 3.82, 3.771, 3.775, 3.83, 3.834, 3.872, 3.908, 3.941,
      3.973, 4.002, 4.03, 4.055, 4.08, 4.103, 4.113, 4.073, 4.045, 4.045, 4.038, 4.055, 4.075, 4.094, 4.103, 4.097,
      4.089, 4.081, 4.083, 4.078, 4.078, 4.089, 4.103, 4.109, 4.124, 4.126, 4.122, 4.119, 4.114, 4.108, 4.111, 4.112,
      4.269,
    ],
    5000: [
      2.983, 3.108, 3.24, 3.361, 3.472, 3.587, 3.699, 3.804, 3.902, 3.993, 4.022, 4.036, 4.094, 4.148, 4.199, 4.247,
      4.292, 4.334, 4.373, 4.394, 4.343, 4.33, 4.352, 4.348, 4.361, 4.367, 4.377, 4.385, 4.402, 4.426, 4.419, 4.422,
      4.443, 4.435, 4.451, 4.452, 4.462, 4.472, 4.468, 4.487, 4.485, 4.491, 4.497, 4.509, 4.517, 4.506, 4.5, 4.503,
      4.653,
    ],
  },
};

/**
 * What `findChangePoint`'s statistic must exceed for an alarm, from about 2.9 to 4.7.
 * Example: `lepage`, 1,000 nights, 20 values: 3.82.
 *
 * @param length values in the window, from 12; beyond 60 as for 60
 * @throws RangeError when the length is not a whole number from 12
 */
export function findChangeThreshold(kind: ChangePointKind, runLength: RunLength, length: number): number {
  if (!(Number.isInteger(length) && length >= shortestWindow)) {
    throw new RangeError(`expected a window of at least ${shortestWindow} values, found ${length}`);
  }
  return thresholds[kind][runLength][Math.min(length, longestWindow) - shortestWindow] as number;
}
