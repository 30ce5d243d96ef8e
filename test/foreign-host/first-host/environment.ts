/** A variable of the environment without which this host does not start. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name} in the file .env.`);
  return value;
}
