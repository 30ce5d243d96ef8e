/** Tells a story with a service that a variable names; where none is named it is reported as not run. */
export function describeService(story: string, variable: string, tell: (url: string) => void): void {
  const url = process.env[variable];
  if (url) describe(story, () => tell(url));
  else describe.skip(`${story} (not run: ${variable} is not set)`, () => tell(''));
}
