import { VERSION } from '../version.ts';
import type { ScanFinding } from './finding.ts';
import type { ScanResult } from './findings.ts';

const LEVELS: Readonly<Record<ScanFinding['severity'], 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** The outcome of a scan as SARIF 2.1.0, for code scanning services. */
export function sarif({ findings, unread }: ScanResult): object {
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const ids = rules.map(({ rule }) => rule);
  const unreadable = unread.filter(({ kind }) => kind === 'unread');
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Postern', version: VERSION, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: unreadable.map(({ path, why }) => ({
              level: 'error',
              message: { text: `${path} ${why}` },
            })),
          },
        ],
        results: findings.map((finding) => resultOf(finding, ids.indexOf(finding.rule))),
      },
    ],
  };
}

function ruleOf({ rule, kind, severity, revoke }: ScanFinding) {
  return {
    id: rule,
    shortDescription: { text: kind },
    defaultConfiguration: { level: LEVELS[severity] },
    ...(revoke === undefined ? {} : { helpUri: revoke }),
    properties: { tags: ['security', 'secret'] },
  };
}

function resultOf(finding: ScanFinding, ruleIndex: number) {
  const { rule, kind, severity, path, line, column, endLine, endColumn, commit } = finding;
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: `Contains: ${kind}.${commit === undefined ? '' : ` Added by commit ${commit}.`}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path.startsWith('/') ? `file://${uri}` : uri },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    ...(commit === undefined ? {} : { properties: { commit } }),
  };
}
