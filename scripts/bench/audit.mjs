/** Appends and verification of the audit log. */
export default function audit({ runTypeScript, auditWriter, folder }) {
  runTypeScript('audit-in-process', [folder, auditWriter()]);
}
