import type { SecretRow } from './row.ts';

export const azure: readonly SecretRow[] = [
  { id: 'azure-client-secret', kind: 'Microsoft Entra client secret', anchors: ['0Q~', '1Q~', '2Q~', '3Q~', '4Q~', '5Q~', '6Q~', '7Q~', '8Q~', '9Q~'], back: [3, 3], pattern: /[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,37}/y, severity: 'critical', revoke: 'https://entra.microsoft.com', hits: ['AZURE_CLIENT_SECRET=«{a62*3}8Q~{a62*34}»', 'client_secret = "«{a62*3}7Q~{a62*31}»"'] },
  { id: 'azure-storage-key', kind: 'Azure storage account key', anchors: ['AccountKey='], pattern: /AccountKey=([A-Za-z0-9+\/]{86}==)/y, severity: 'critical', hits: ['DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=«{b64*86}==»;EndpointSuffix=core.windows.net'] },
  { id: 'azure-shared-access-key', kind: 'Azure shared access key', anchors: ['SharedAccessKey='], pattern: /SharedAccessKey=([A-Za-z0-9+\/]{43}=)/y, severity: 'critical', hits: ['Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=«{b64*43}=»'] },
  { id: 'azure-sas', kind: 'Azure shared access signature', anchors: ['sig='], pattern: /sig=([A-Za-z0-9%+\/]{40,56}(?:=|%3[Dd]))/y, near: ['sv=', 'se=', 'sr=', 'sharedaccesssignature'], strict: true, hits: ['https://acme.blob.core.windows.net/c?sv=2024-11-04&se=2030-01-01&sp=rl&sig=«{b64*43}=»'] },
  { id: 'azure-cognitive-key', kind: 'Azure AI services key', anchors: ['JQQJ99'], back: [52, 52], pattern: /[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{2}AC[A-Za-z0-9]{16,24}/y, hits: ['AZURE_OPENAI_KEY=«{a62*52}JQQJ99BAAC{a62*22}»'] },
  { id: 'azure-storage-key-v2', kind: 'Azure storage or Batch key', anchors: ['+ASt', '+ABa'], back: [76, 76], pattern: /[A-Za-z0-9+\/]{76}\+A(?:St|Ba)[A-Za-z0-9+\/]{5}[AQgw]==/y, severity: 'critical', hits: ['key: "«{b64*76}+ASt{b64*5}A==»"'] },
  { id: 'azure-cosmos-key', kind: 'Azure Cosmos DB key', anchors: ['ACDb'], back: [76, 76], pattern: /[A-Za-z0-9+\/]{76}ACDb[A-Za-z0-9+\/]{5}[AQgw]==/y, severity: 'critical', hits: ['cosmosKey=«{b64*76}ACDb{b64*5}Q==»'] },
  { id: 'azure-messaging-key', kind: 'Azure Service Bus, Event Hubs or Relay key', anchors: ['+ASb', '+AEh', '+ARm'], back: [33, 33], pattern: /[A-Za-z0-9+\/]{33}\+A(?:Sb|Eh|Rm)[A-Za-z0-9+\/]{5}[AEIMQUYcgkosw048]=/y, hits: ['key: "«{b64*33}+ASb{b64*5}A=»"'] },
  { id: 'azure-redis-key', kind: 'Azure Cache for Redis key', anchors: ['AzCa'], back: [33, 33], pattern: /[A-Za-z0-9]{33}AzCa[A-P][A-Za-z0-9]{5}=/y, hits: ['password=«{a62*33}AzCaB{a62*5}=»'] },
  { id: 'azure-iot-key', kind: 'Azure IoT key', anchors: ['AIoT'], back: [33, 33], pattern: /[A-Za-z0-9+\/]{33}AIoT[A-Za-z0-9+\/]{5}[AEIMQUYcgkosw048]=/y, hits: ['iot: «{b64*33}AIoT{b64*5}A=»'] },
  { id: 'azure-search-key', kind: 'Azure AI Search key', anchors: ['AzSe'], back: [42, 42], pattern: /[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}/y, hits: ['api-key: «{a62*42}AzSeB{a62*5}»'] },
  { id: 'azure-function-key', kind: 'Azure Functions key', anchors: ['AzFu'], back: [44, 44], pattern: /[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_-]{5}[AQgw]==/y, hits: ['?code=«{url*44}AzFu{url*5}A==»'] },
  { id: 'azure-container-registry-key', kind: 'Azure container registry key', anchors: ['+ACR'], back: [42, 42], pattern: /[A-Za-z0-9+\/]{42}\+ACR[A-D][A-Za-z0-9+\/]{5}/y, hits: ['ACR_PASSWORD=«{b64*42}+ACRC{b64*5}»'] },
  { id: 'azure-devops-pat', kind: 'Azure DevOps personal access token', anchors: ['AZDO'], back: [76, 76], pattern: /[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}/y, hits: ['AZURE_DEVOPS_EXT_PAT=«{a62*76}AZDO{a62*4}»'] },
  { id: 'azure-devops-pat-v1', kind: 'Azure DevOps personal access token', anchors: [], names: [['azuredevops'], ['azdo'], ['vsts'], ['systemaccesstoken'], ['adopat'], ['adotoken']], pattern: /[a-z2-7]{52}/y, hits: ['AZURE_DEVOPS_EXT_PAT=«{b32l*52}»'] },
  { id: 'azure-openai-key', kind: 'Azure OpenAI key', anchors: [], names: [['azureopenai'], ['azure', 'key'], ['cognitive', 'key'], ['ocpapim']], pattern: /[0-9a-f]{32}/y, hits: ['AZURE_OPENAI_KEY = "«{hex*32}»"'] },
];
