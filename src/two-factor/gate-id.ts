/** The module's id in the portal: it names its gate, its templates and its mails. */
export const gateId = 'two-factor';
