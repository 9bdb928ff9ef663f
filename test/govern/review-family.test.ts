import { expect, test } from 'vitest';
import { isSignedByFamily } from '../../src/govern/review-family.ts';

test.each([
  { family: 'claude-code', message: 'Fix\n\nCo-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>', signed: true },
  { family: 'codex', message: 'Fix\n\nCo-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>', signed: false },
  { family: 'codex', message: 'Fix\n\nCo-authored-by: Codex <codex@openai.com>', signed: true },
  { family: 'claude-code', message: 'Ask claude about it', signed: false },
  { family: 'claude-code', message: 'Fix\n\nCo-authored-by: Claude Dupont <claude@dupont.example>', signed: false },
  { family: '', message: 'Fix\n\nCo-authored-by: Codex <codex@openai.com>', signed: false },
])('$family, $message -> $signed', ({ family, message, signed }) =>
  expect(isSignedByFamily(family, [message])).toBe(signed),
);
