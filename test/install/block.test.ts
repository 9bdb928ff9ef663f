import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importsFile, readBlock, removeBlock, writeBlock } from '../../src/install/block.ts';

const CONTENT = '## Title\n\n- one\n';

test.each([
  { name: 'an empty file', text: '' },
  { name: 'a file with a newline at its end', text: '# Mine\n\nText\n' },
  { name: 'a file without', text: '# Mine' },
  { name: 'several newlines', text: 'a\n\n\n' },
  { name: 'CRLF', text: '# Mine\r\n\r\nText\r\n' },
  { name: 'CRLF without a last one', text: '# Mine\r\n\r\nText' },
  { name: 'a byte order mark', text: '\uFEFF# Mine\n' },
  { name: 'a block that was never closed', text: 'a\n<!-- postern:begin -->\nb\n' },
])('$name: the block can be read, written again and taken out', ({ text }) => {
  const written = writeBlock(text, CONTENT);
  expect(readBlock(written)).toBe(CONTENT);
  expect(writeBlock(written, CONTENT)).toBe(written);
  expect(removeBlock(written)).toBe(text);
  if (text.includes('\r\n')) expect(written.replaceAll('\r\n', '')).not.toContain('\n');
});

test('whatever the text, taking the block out undoes writing it', () => {
  const line = fc.stringMatching(/^[a-z #`*-]{0,8}$/);
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, eol) => {
      const text = lines.join(eol);
      expect(removeBlock(writeBlock(text, CONTENT))).toBe(text);
    }),
  );
});

test('text after the block stays, and so does its place', () => {
  const written = `${writeBlock('before\n', CONTENT)}after\n`;
  const changed = writeBlock(written, 'new\n');
  expect(changed.replace(/<!-- postern:begin -->[\s\S]*<!-- postern:end -->/, '#')).toBe('before\n\n#\nafter\n');
  expect(removeBlock(changed)).toBe('before\nafter\n');
});

test.each([
  { text: '@AGENTS.md\n', imports: true },
  { text: '# Hi\r\n @./AGENTS.md \r\n', imports: true },
  { text: 'see @AGENTS.md for more\n', imports: false },
])('$text imports AGENTS.md: $imports', ({ text, imports }) => expect(importsFile(text, 'AGENTS.md')).toBe(imports));
