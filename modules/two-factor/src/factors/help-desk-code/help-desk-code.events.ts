/** The events of this kind: each name, and when it is emitted. Its code is issued with `two-factor.reset`. */
export const helpDeskCodeEvents = {
  'two-factor.help-desk-code.used': 'The code that staff handed out was used for a sign-in.',
} as const;
