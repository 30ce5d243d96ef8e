import Handlebars from 'handlebars';

/** The text that a person typed into a form. */
export interface TypedForm {
  /** The address that the form is sent to. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

const forms = /<form\b[^>]*>[\s\S]*?<\/form>/g;
const controls = /<input\b[^>]*>|<textarea\b[^>]*>[\s\S]*?<\/textarea>|<select\b[^>]*>[\s\S]*?<\/select>/g;
/** Fields that people do not type, and fields with secrets. */
const untouched = ['hidden', 'password', 'submit', 'button'];

/**
 * Writes typed text into the form of a page of ours, and the note at its beginning. Returns the page unchanged when it does not have the form.
 * Works for the pages of all modules: it reads the rendered page, in which every attribute stands in double quotes and is escaped.
 */
export function fillForm(page: string, { action, fields }: TypedForm, note: string): string {
  return page.replace(forms, (form) => {
    const [head = ''] = /^<form\b[^>]*>/.exec(form) ?? [];
    if (attribute(head, 'action') !== escaped(action)) return form;
    const filled = form.slice(head.length).replace(controls, (control) => filledControl(control, fields));
    return `${head}${note}${filled}`;
  });
}

function filledControl(control: string, fields: TypedForm['fields']): string {
  const name = attribute(control, 'name') ?? '';
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (value === undefined) return control;
  if (control.startsWith('<textarea'))
    return control.replace(
      /^(<textarea\b[^>]*>)[\s\S]*$/,
      (_, head: string) => `${head}\n${escaped(value)}</textarea>`,
    );
  return control.startsWith('<select') ? chosen(control, value) : typed(control, value);
}

function chosen(list: string, value: string): string {
  return list.replace(/<option\b[^>]*>/g, (option) => {
    const plain = option.replace(/\sselected\b/, '');
    return attribute(option, 'value') === escaped(value) ? plain.replace(/>$/, ' selected>') : plain;
  });
}

function typed(input: string, value: string): string {
  const type = attribute(input, 'type') ?? 'text';
  if (untouched.includes(type)) return input;
  if (type === 'checkbox' || type === 'radio')
    return attribute(input, 'value') === escaped(value)
      ? input.replace(/(\schecked)?>$/, ' checked>')
      : input;
  return input.replace(/\svalue="[^"]*"/, '').replace(/>$/, () => ` value="${escaped(value)}">`);
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`^<[^>]*\\s${name}="([^"]*)"`).exec(tag)?.[1];
}

function escaped(text: string): string {
  return Handlebars.escapeExpression(text);
}
