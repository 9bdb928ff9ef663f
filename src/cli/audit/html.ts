import { printable } from '../output.ts';

/** HTML that is safe to stand in a page as it is. */
export interface Html {
  readonly html: string;
}

/** A template whose values are escaped, but for those that are HTML already; lists are joined. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  return { html: parts.map((part, at) => part + (at < values.length ? shown(values[at]!) : '')).join('') };
}

function shown(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(printable(value, 600));
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
