/** Exit codes of every command (design, section 4.4). */
export const exitCodes = {
  fine: 0,
  failed: 1,
  wrongRequest: 2,
  regression: 3,
  noAnswer: 4,
  interrupted: 130,
} as const;
