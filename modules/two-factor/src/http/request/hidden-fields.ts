/** The host's hidden fields of each request, such as its CSRF token, which are no fields of the package's forms. */
const hidden = new WeakMap<object, Readonly<Record<string, unknown>>>();

/** Takes the fields of these names out of the request's body, and remembers them. */
export function takeHiddenFields(request: { body?: unknown }, names: readonly string[]): void {
  const { body } = request;
  if (!isFields(body)) return;
  const own = Object.entries(body);
  hidden.set(request, Object.fromEntries(own.filter(([name]) => names.includes(name))));
  request.body = withoutFields(body, names);
}

/** The host's hidden fields, as this request carried them. */
export function hiddenFieldsOf(request: object): Readonly<Record<string, unknown>> {
  return hidden.get(request) ?? {};
}

/** The fields of a body except those of these names; none where the body is no form. */
export function withoutFields(body: unknown, names: readonly string[]): Record<string, unknown> {
  if (!isFields(body)) return {};
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

function isFields(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
