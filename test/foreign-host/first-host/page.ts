/** A page of this host. `body` is HTML. */
export function page(title: string, body: string): string {
  const text = escaped(title);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${text}</title><h1>${text}</h1>${body}</html>`;
}

/** Text for use in HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
