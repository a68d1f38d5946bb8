export type CheckState = 'ok' | 'attention' | 'missing';

/** One line of the checklist. */
export interface DoctorCheck {
  readonly what: string;
  /** missing: measuring needs it. attention: measuring works, and the owner should know. */
  readonly state: CheckState;
  /** One sentence: what was found, and what to do about it. */
  readonly found: string;
}

export const ok = (what: string, found: string): DoctorCheck => ({ what, state: 'ok', found });
export const attention = (what: string, found: string): DoctorCheck => ({ what, state: 'attention', found });
export const missing = (what: string, found: string): DoctorCheck => ({ what, state: 'missing', found });
