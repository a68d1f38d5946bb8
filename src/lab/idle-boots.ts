import type { LabHostName } from './lab.ts';
import type { IdleBoot } from './preparation-script.ts';

/** What each host boots by default. */
export const idleBoots: Readonly<Record<LabHostName, IdleBoot>> = {
  stock: { flavour: '-amd64', words: [] },
  tuned: {
    flavour: '-rt-amd64',
    words: ['isolcpus=managed_irq,domain,1-2', 'nohz_full=1-2', 'rcu_nocbs=1-2', 'irqaffinity=0'],
  },
};
