/** The environment cannot be used; the message has one sentence for the operator in each line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigRefused';
}
