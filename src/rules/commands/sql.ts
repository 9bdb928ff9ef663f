/** Why a piece of SQL destroys data or rights, in a few words; `null` when it only reads or adds. */
export function sqlDanger(text: string): string | null {
  for (const statement of statements(text)) {
    const danger = statementDanger(statement);
    if (danger) return danger;
  }
  return null;
}

/** Statements without comments; string contents are emptied, so that words in data do not count. */
function statements(text: string): readonly string[] {
  const plain = text
    .slice(0, 20_000)
    .replace(/\/\*(?!!)[\s\S]*?\*\//g, ' ')
    .replace(/\/\*!?\d*/g, ' ')
    .replace(/\*\//g, ' ')
    .replace(/'(?:[^'\\]|\\.|'')*'/g, "''")
    .replace(/--[^\n]*|(^|\s)#[^\n]*/g, ' ');
  return plain.split(/;|\\gexec|\bGO\b/).map((part) => part.replace(/\s+/g, ' ').trim());
}

function statementDanger(raw: string): string | null {
  const statement = raw.replace(/^(EXPLAIN (ANALYZE )?|BEGIN( TRANSACTION)?|DO|WITH .*? AS \(.*?\) )\s*/i, '').trim();
  if (/^EXPLAIN\b/i.test(raw) && !/ANALYZE/i.test(raw)) return null;
  if (
    /\bDROP\s+(DATABASE|SCHEMA|TABLE|KEYSPACE|COLLECTION|USER|ROLE|OWNED|TABLESPACE|VIEW|MATERIALIZED|INDEX|COLUMN|FUNCTION|PROCEDURE|TRIGGER|SEQUENCE|TYPE|EXTENSION|POLICY|PARTITION|CONSTRAINT|SERVER|PUBLICATION|SUBSCRIPTION|STREAM|WAREHOUSE|STAGE|DICTIONARY|BUCKET|SERIES|MEASUREMENT|GRAPH|DOMAIN|EVENT|LOGIN|NAMESPACE|CATALOG|EXTERNAL|TEMPORARY|TEMP)\b/i.test(
      statement,
    )
  ) {
    return /^CREATE\b|^SELECT\b/i.test(statement)
      ? null
      : /DROP\s+(TEMPORARY|TEMP)\b/i.test(statement)
        ? null
        : 'drops what holds data';
  }
  if (/^TRUNCATE\b|\bTRUNCATE\s+(TABLE|PARTITION)\b/i.test(statement)) return 'empties a table';
  if (/^DELETE\b/i.test(statement) || /\)\s*DELETE\s+FROM\b/i.test(statement)) {
    return /\bWHERE\b/i.test(statement) && !isAlwaysTrue(statement) ? null : 'deletes every row';
  }
  if (/^UPDATE\b/i.test(statement) && /\bSET\b/i.test(statement)) {
    return /\bWHERE\b/i.test(statement) && !isAlwaysTrue(statement) ? null : 'changes every row';
  }
  if (/^ALTER\s+TABLE\b.*\b(DROP|DISABLE\s+ROW\s+LEVEL|RENAME\s+TO)\b/i.test(statement)) return 'drops part of a table';
  if (/^ALTER\s+(DATABASE|SYSTEM|USER|ROLE|LOGIN)\b/i.test(statement))
    return 'changes the server, its users or a database';
  if (/^(GRANT\s+ALL|REVOKE|RESET\s+MASTER|PURGE\s+BINARY|FLUSH\s+(LOGS|PRIVILEGES)|SHUTDOWN|KILL)\b/i.test(statement))
    return 'changes rights or stops the server';
  if (/^REINDEX DATABASE|^VACUUM FULL|^CLUSTER$/i.test(statement)) return 'locks the database';
  if (/^CREATE\s+OR\s+REPLACE\s+TABLE\b/i.test(statement)) return 'replaces a table';
  if (
    /\bINTO\s+(OUTFILE|DUMPFILE)\b|\bpg_terminate_backend\b|\bxp_cmdshell\b|\bCOPY\b.*\bPROGRAM\b|\blo_unlink\b|\bpg_read_file\b|\bLOAD_FILE\b|\bpg_drop_replication/i.test(
      statement,
    )
  )
    return 'reaches outside the database';
  if (/^(DETACH\s+DELETE|MATCH\b.*\bDELETE\b)/i.test(statement)) return 'deletes nodes';
  return null;
}

function isAlwaysTrue(statement: string): boolean {
  return /\bWHERE\s*\(?\s*(1\s*=\s*1|true|1|''\s*=\s*''|0\s*=\s*0|2\s*>\s*1|NOT\s+false|id\s*=\s*id|1\s*<>\s*0)\s*\)?\s*$/i.test(
    statement,
  );
}
