import Handlebars from 'handlebars';

type MarkupValues = Readonly<Record<string, unknown>>;

/** Unicode keeps these characters for private use, so no text contains them. */
const mark = (index: number) => `\ue000${index}\ue001`;

/**
 * Fills a text with values of which some may be markup, such as `{{time at}}`. The text and its other values are then escaped,
 * and the result is markup. Without markup the result is the plain text.
 */
export function withMarkup(
  values: MarkupValues,
  fill: (values: MarkupValues) => string,
): string | Handlebars.SafeString {
  const parts = Object.entries(values).filter(
    (entry): entry is [string, Handlebars.SafeString] => entry[1] instanceof Handlebars.SafeString,
  );
  if (parts.length === 0) return fill(values);
  const marks = Object.fromEntries(parts.map(([name], index) => [name, mark(index)]));
  const escaped = Handlebars.escapeExpression(fill({ ...values, ...marks }));
  const text = parts.reduce((made, [, html], index) => made.replaceAll(mark(index), html.toHTML()), escaped);
  return new Handlebars.SafeString(text);
}
