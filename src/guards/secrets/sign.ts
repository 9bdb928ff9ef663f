import { ALNUM, classAt } from './boundary.ts';

const TYPED = /[A-Za-z&?*['][\w<>[\]|.&*' ?:-]{0,60}?(?:[ \t]{1,4}=(?![=>])|=(?=[ \t"'`]))[ \t]{0,4}/y;
/** A value on the next line: a YAML block, a continued line, or a quote. */
const NEXT_LINE =
  /(?:(?:[|>][-+]?\d?|\\|!!str|\()?[ \t]{0,8}\r?\n[ \t]{0,60}(?=["'])|(?:[|>][-+]?\d?|\\)[ \t]{0,8}\r?\n[ \t]{1,60}|!!str[ \t]{1,8})/y;
const INDEX = /\[\w{0,12}\](?=[ \t]{0,8}=)/y;

/** Where the value begins after `=`, `:`, `:=`, `=>`, `<-`, `||=`, `==` and the like; -1 when none follows the name. */
export function signAfter(text: string, to: number): number {
  let i = afterQuote(text, to);
  INDEX.lastIndex = i;
  if (text.charCodeAt(i) === 91 && INDEX.test(text)) i = INDEX.lastIndex;
  const closed = i;
  for (let n = 0; n < 2 && '])?!}'.includes(text[i] ?? ' '); n++) i++;
  i = skipBlanks(text, i, 40);
  const start = i > to && '?!'.includes(text[i - 1]!) && text[i] === '=' ? i - 1 : i;
  const width = signWidth(text, start);
  if (width === 0 || !fits(text, closed, start, width)) return -1;
  const end = skipBlanks(text, start + width, 40);
  NEXT_LINE.lastIndex = end;
  if ('|>\\!(\r\n'.includes(text[end] ?? ' ') && NEXT_LINE.test(text)) return NEXT_LINE.lastIndex;
  if (text[start] !== ':' || width !== 1 || (!"&?*['".includes(text[end] ?? ' ') && (classAt(text, end) & ALNUM) === 0))
    return end;
  TYPED.lastIndex = end;
  return TYPED.test(text) ? TYPED.lastIndex : end;
}

/** After a closing brace only `=` gives a value, and after a call's bracket no arrow does: that shows a result. */
function fits(text: string, closed: number, start: number, width: number): boolean {
  const close = text[closed];
  if (close === '}') return text[start] === '=';
  return close !== ')' || text[start + width - 1] !== '>';
}

function afterQuote(text: string, to: number): number {
  let i = to;
  while (text.charCodeAt(i) === 92 && i - to < 3) i++;
  if (isQuote(text.charCodeAt(i))) return i + 1;
  if (text.startsWith('&quot;', i)) return i + 6;
  return text.startsWith('%22', i) ? i + 3 : to;
}

function signWidth(text: string, at: number): number {
  switch (text[at]) {
    case ':':
      if (text[at + 1] === ':') return text[at + 2] === ' ' || text[at + 2] === '=' ? 2 : 0;
      return text[at + 1] === '=' || text[at + 1] === '-' ? 2 : 1;
    case '=': {
      let width = 1;
      while (width < 3 && text[at + width] === '=') width++;
      return text[at + width] === '>' || text[at + width] === '~' ? width + 1 : width;
    }
    case '<':
      return text.startsWith('<-', at) ? 2 : text.startsWith('<<-', at) ? 3 : 0;
    case '+':
      return text[at + 1] === '=' ? 2 : 0;
    case '|':
      return text.startsWith('||=', at) ? 3 : 0;
    case '?':
      return text.startsWith('??=', at) ? 3 : text[at + 1] === '=' ? 2 : 0;
    case '!':
      return text.startsWith('!==', at) ? 3 : text[at + 1] === '=' ? 2 : 0;
    case '%':
      return text.startsWith('%3D', at) || text.startsWith('%3d', at) ? 3 : 0;
    default:
      return 0;
  }
}

function skipBlanks(text: string, at: number, most: number): number {
  let i = at;
  while (i - at < most && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++;
  return i;
}

export function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}
