import type { SecretRow } from './row.ts';

const revoke = 'https://console.aws.amazon.com/iam/home#/security_credentials';

export const aws = (): readonly SecretRow[] => [
  {
    id: 'aws-access-key-id',
    kind: 'AWS access key id',
    anchors: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    revoke,
    pattern: () => /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}/y,
    entropy: 3,
    hits: ['aws_access_key_id = «AKIA{b32*16}»', '"accessKeyId":"«ASIA{b32*16}»"'],
    misses: ['AKIAIOSFODNN7' + 'EXAMPLE', 'arn:aws:iam::1:user/AKIA'],
  },
  {
    id: 'aws-secret-access-key',
    kind: 'AWS secret access key',
    anchors: [],
    severity: 'critical',
    revoke,
    names: [['secretaccesskey'], ['aws', 'secret'], ['secretkey'], ['awskey']],
    pattern: () => /[A-Za-z0-9+/]{40}/y,
    entropy: 4,
    hits: ['aws_secret_access_key=«{b64*40}»', 'AWS_SECRET_ACCESS_KEY: "«{b64*40}»"'],
    misses: ['AWS_SECRET_ACCESS_KEY=test'],
  },
  {
    id: 'aws-session-token',
    kind: 'AWS session token',
    anchors: [],
    names: [['sessiontoken'], ['securitytoken']],
    pattern: () => /[A-Za-z0-9+/]{100,2000}={0,2}/y,
    entropy: 4.2,
    revoke,
    hits: ['AWS_SESSION_TOKEN=«IQoJb3JpZ2lu{b64*360}»'],
  },
  {
    id: 'aws-bedrock-key',
    kind: 'Amazon Bedrock API key',
    anchors: ['ABSK', 'bedrock-api-key-'],
    revoke,
    pattern: () => /(?:ABSK[A-Za-z0-9+/]{100,300}={0,2}|bedrock-api-key-[A-Za-z0-9+/]{60,4000}={0,2})/y,
    hits: ['AWS_BEARER_TOKEN_BEDROCK=«ABSK{b64*128}»'],
  },
  {
    id: 'aws-mws-token',
    kind: 'Amazon MWS auth token',
    anchors: ['amzn.mws.'],
    revoke,
    pattern: () => /amzn\.mws\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/y,
    hits: ['mws: «amzn.mws.{uuid}»'],
  },
];
