import { expandText } from './expand.ts';
import type { ParameterExpansionPart, ParameterOperation } from './parse.ts';
import { setVar } from './scope.ts';
import type { Frame } from './trail.ts';
import { isKnown, SECRET, UNKNOWN } from './word.ts';

const unknown: readonly string[] = [UNKNOWN];

const secretName =
  /(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_KEY|CREDENTIALS?|ACCESS_KEY|SECRET_KEY|PAT)(_|$)|_KEY$|_PASS$/;

/** Programs that well-known variables name when the line does not set them. */
const conventional: Readonly<Record<string, string>> = {
  EDITOR: 'vi',
  VISUAL: 'vi',
  PAGER: 'less',
  PYTHON: 'python3',
  CC: 'cc',
  CXX: 'c++',
  MAKE: 'make',
  BROWSER: 'open',
  IFS: ' \t\n',
};

/** Values of `$name`: one for a scalar, several for `$@`. `UNKNOWN` when the line does not tell. */
export function simpleValues(name: string, frame: Frame): readonly string[] {
  const { scope } = frame;
  if (name === '@' || name === '*') return scope.args ?? unknown;
  if (name === '#') return [scope.args ? String(scope.args.length) : UNKNOWN];
  if (name === '0') return [scope.vars.get('0')?.[0] ?? 'bash'];
  if (/^\d+$/.test(name)) return scope.args ? [scope.args[Number(name) - 1] ?? ''] : unknown;
  const values = scope.vars.get(name);
  if (values) return [values[0] ?? ''];
  const usual = Object.hasOwn(conventional, name) ? conventional[name] : undefined;
  return [usual ?? (secretName.test(name) ? UNKNOWN + SECRET : UNKNOWN)];
}

/** Values of `${…}` with its operator applied. */
export function parameterValues(part: ParameterExpansionPart, frame: Frame): readonly string[] {
  if (part.operation?.type === 'Unknown' || part.operation?.type === 'Names') return unknown;
  const values = indexed(part, frame);
  if (part.prefix === '#') return [isKnown(values.join('')) ? String(values[0]?.length ?? 0) : UNKNOWN];
  const direct = part.prefix === '!' ? indirect(values, frame) : values;
  if (!part.operation) return direct;
  if (part.operation.type === 'Default') return withDefault(part, part.operation, direct, frame);
  if (part.operation.type === 'Slice' && direct.length !== 1) return sliceList(part.operation, direct, frame);
  const operation = part.operation;
  return direct.map((value) => operate(value, operation, frame));
}

function indexed(part: ParameterExpansionPart, frame: Frame): readonly string[] {
  if (!part.index) return simpleValues(part.parameter, frame);
  const values = frame.scope.vars.get(part.parameter);
  const key = expandText(part.index, frame);
  if (!values) return unknown;
  if (key === '@' || key === '*') return values;
  const at = Number(key);
  return [Number.isInteger(at) ? (values.at(at) ?? '') : UNKNOWN];
}

function indirect(values: readonly string[], frame: Frame): readonly string[] {
  const name = values[0] ?? '';
  return /^[A-Za-z_]\w*$/.test(name) ? simpleValues(name, frame) : unknown;
}

type Operation<T extends ParameterOperation['type']> = Extract<ParameterOperation, { type: T }>;

function withDefault(
  part: ParameterExpansionPart,
  operation: Operation<'Default'>,
  values: readonly string[],
  frame: Frame,
): readonly string[] {
  const operand = expandText(operation.operand, frame);
  const kind = operation.operator.replace(':', '');
  const isSet = frame.scope.vars.has(part.parameter) || (/^[\d@*]+$/.test(part.parameter) && frame.scope.args !== null);
  const empty = operation.operator.startsWith(':') ? values.join('') === '' : values.length === 0;
  if (kind === '+') return isSet ? (empty ? [''] : [operand]) : [operand];
  if (kind === '?') return isSet ? values : ['\0'];
  if (isSet && !empty) return values;
  if (kind === '=') setVar(frame.scope, part.parameter, [operand]);
  return [operand];
}

function sliceList(operation: Operation<'Slice'>, values: readonly string[], frame: Frame): readonly string[] {
  const from = Number(expandText(operation.offset, frame));
  const length = operation.length ? Number(expandText(operation.length, frame)) : values.length;
  return values.slice(from, from + length);
}

function operate(value: string, operation: ParameterOperation, frame: Frame): string {
  if (!isKnown(value)) {
    if (operation.type === 'Replace') replace('', operation, frame);
    else if (operation.type === 'Remove') expandText(operation.operand, frame);
    return UNKNOWN;
  }
  switch (operation.type) {
    case 'Slice':
      return slice(value, operation, frame);
    case 'Remove':
      return remove(value, operation.operator, expandText(operation.operand, frame));
    case 'Replace':
      return replace(value, operation, frame);
    case 'CaseModification':
      return changeCase(value, operation.operator);
    case 'Transform':
      return operation.operand.value === 'L'
        ? value.toLowerCase()
        : operation.operand.value === 'U'
          ? value.toUpperCase()
          : value;
    default:
      return UNKNOWN;
  }
}

function slice(value: string, operation: Operation<'Slice'>, frame: Frame): string {
  const offset = Number(expandText(operation.offset, frame));
  if (!Number.isInteger(offset)) return UNKNOWN;
  const from = offset < 0 ? value.length + offset : offset;
  if (!operation.length) return value.slice(from);
  const length = Number(expandText(operation.length, frame));
  if (!Number.isInteger(length)) return UNKNOWN;
  return length < 0 ? value.slice(from, length) : value.slice(from, from + length);
}

function remove(value: string, operator: string, pattern: string): string {
  const regex = globRegex(pattern);
  if (regex === null || value.length > 512) return UNKNOWN;
  const lengths = Array.from({ length: value.length + 1 }, (_, n) => n);
  if (operator.length === 2) lengths.reverse();
  for (const n of lengths) {
    if (operator[0] === '#' && regex.test(value.slice(0, n))) return value.slice(n);
    if (operator[0] === '%' && regex.test(value.slice(value.length - n))) return value.slice(0, value.length - n);
  }
  return value;
}

function replace(value: string, operation: Operation<'Replace'>, frame: Frame): string {
  const pattern = expandText(operation.pattern, frame);
  const by = expandText(operation.replacement, frame);
  if (!isKnown(pattern) || /[*?[\\]/.test(pattern)) return UNKNOWN;
  if (pattern === '') return value;
  if (operation.operator === '//') return value.replaceAll(pattern, () => by);
  if (operation.operator === '/#') return value.startsWith(pattern) ? by + value.slice(pattern.length) : value;
  if (operation.operator === '/%') return value.endsWith(pattern) ? value.slice(0, -pattern.length) + by : value;
  return value.replace(pattern, () => by);
}

function changeCase(value: string, operator: string): string {
  if (operator === '^^') return value.toUpperCase();
  if (operator === ',,') return value.toLowerCase();
  const first = value[0] ?? '';
  return (operator === '^' ? first.toUpperCase() : first.toLowerCase()) + value.slice(1);
}

/** A whole-string regex for a simple shell pattern, `null` when it is not simple enough to be sure and fast. */
function globRegex(pattern: string): RegExp | null {
  if (!isKnown(pattern) || pattern.length > 64 || (pattern.match(/\*/g)?.length ?? 0) > 2) return null;
  const escaped = pattern.replace(/[.+^${}()|\\[\]]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '[\\s\\S]*').replaceAll('?', '[\\s\\S]')}$`);
}
