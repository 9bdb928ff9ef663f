/** Kills writers of one log at random moments: `POSTERN_KILLS=10000 npm run bench faults`. */
export default function auditFaults({ runTypeScript, auditWriter, folder }) {
  runTypeScript('inject-faults', [folder, auditWriter(), process.env.POSTERN_KILLS ?? '200']);
}
