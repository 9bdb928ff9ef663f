import { build } from 'esbuild';

const FILE = 'src/rules/commands/programs.ts';

/** Reads the table of programs off the rows once and for all: a call then makes only the rows that it needs. */
export const withProgramTable = {
  name: 'with-program-table',
  setup({ onLoad }) {
    onLoad({ filter: /src\/rules\/commands\/programs\.ts$/ }, async () => ({
      contents: `export function programTable() { return ${JSON.stringify(await programTable())}; }`,
    }));
  },
};

async function programTable() {
  const { outputFiles } = await build({ entryPoints: [FILE], bundle: true, format: 'esm', write: false });
  const code = Buffer.from(outputFiles[0].text).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)).programTable();
}
