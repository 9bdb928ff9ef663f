/** The numbered changes that make the tables, oldest first. One that was published is never changed. */
export const MIGRATIONS: readonly { readonly version: number; readonly sql: string }[] = [
  {
    version: 1,
    sql: `CREATE TABLE postern_records (
      log text NOT NULL,
      seq bigint NOT NULL,
      time timestamptz NOT NULL,
      kind text NOT NULL,
      effect text,
      rule text,
      tool text,
      session text NOT NULL,
      client text NOT NULL,
      username text NOT NULL,
      host text NOT NULL,
      hash text NOT NULL,
      line text NOT NULL,
      PRIMARY KEY (log, seq)
    );
    CREATE INDEX postern_records_time ON postern_records (time);
    CREATE INDEX postern_records_session ON postern_records (session text_pattern_ops);
    COMMENT ON COLUMN postern_records.log IS 'First 16 hex digits of the hash of the log''s first record.';
    COMMENT ON COLUMN postern_records.line IS 'The record as it stands in the log, so that its hash and seal can be checked.'`,
  },
];
