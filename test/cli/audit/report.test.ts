import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { scratchFolder } from '../../support/packed.ts';
import { audit, storyRepo } from './support.ts';

const chromium = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path)) ?? '';

let repo: string;
let file: string;

beforeAll(async () => {
  repo = storyRepo();
  file = join(scratchFolder('report'), 'report.html');
  expect(await audit(repo, 'report', '--html', file)).toMatchObject({ code: 0, out: `Wrote ${file}\n` });
});

describe('audit report', () => {
  test('is one page that asks nothing of the network and runs nothing', () => {
    const page = readFileSync(file, 'utf8');
    expect(page).not.toMatch(/<script|<link|<img|https?:|url\(/i);
    expect(page).toContain("default-src 'none'");
  });

  test('is made anew over a report, and over nothing else', async () => {
    expect(await audit(repo, 'report', '--html', file)).toMatchObject({ code: 0 });
    const notes = join(scratchFolder('report'), 'notes.html');
    writeFileSync(notes, 'mine');
    const ran = await audit(repo, 'report', '--html', notes);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(readFileSync(notes, 'utf8')).toBe('mine');
  });

  test('a browser shows what the log tells, and names are text', () => {
    const { stdout, status } = browser('--dump-dom', file);
    expect(status).toBe(0);
    for (const text of [
      'dangerous-commands/git-reset-hard',
      'a &lt;b&gt;hotfix&lt;/b&gt;',
      'Intact: 10 records',
      'aaaa-1',
    ])
      expect(stdout).toContain(text);
    expect(stdout).not.toContain('<b>hotfix');
  });

  test('it prints', () => {
    const pdf = `${file}.pdf`;
    expect(browser(`--print-to-pdf=${pdf}`, file).status).toBe(0);
    expect(readFileSync(pdf, 'latin1')).toMatch(/^%PDF-/);
  });
});

/** A real headless Chromium, with a profile of its own and no wish to call anyone. */
function browser(...args: string[]) {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  const own = `--user-data-dir=${scratchFolder('chromium')}`;
  return spawnSync(
    chromium,
    ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet, own, ...args],
    {
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
}
