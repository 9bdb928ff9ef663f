/**
 * True for a short text that can hold no secret that the catalogue knows: path characters only, no host's name, in steps
 * that are shorter than every token, or that are words in small letters. Most paths are such, and need no scanner to be told so; a test holds
 * it against all rows. Values of environment files look like anything, and are another question.
 */
export function isPlainPath(text: string): boolean {
  return text.length <= MAX_CHARS && PATH.test(text) && text.split(/[/.]/).every(isPlainStep);
}

const MAX_CHARS = 400;
const PATH = /^(?!.*\.com\/)[\w./-]*$/;

function isPlainStep(step: string): boolean {
  return step.length < SHORTEST_TOKEN || WORDS.test(step);
}

/** Characters. */
const SHORTEST_TOKEN = 14;
const WORDS = /^[a-z]{1,13}(?:[_-][a-z]{1,13})*$/;
