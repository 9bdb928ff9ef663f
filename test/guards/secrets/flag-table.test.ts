import { expect, test } from 'vitest';
import { FLAG_PROGRAMS, FLAG_TABLE } from '../../../src/guards/secrets/flag-table.ts';

test('the scanner looks for the programs of the table', () =>
  expect(FLAG_PROGRAMS).toBe([...new Set(FLAG_TABLE().flatMap((row) => row.programs.split(' ')))].join(' ')));
