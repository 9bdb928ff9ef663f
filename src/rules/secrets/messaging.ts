import type { SecretRow } from './row.ts';

// A Discord id is a decimal number, so its base64 begins with one of a hundred texts: one per pair of leading digits.
const SNOWFLAKES = ['MD', 'MT', 'Mj', 'Mz', 'ND', 'NT', 'Nj', 'Nz', 'OD', 'OT'].flatMap((pair) =>
  ['A', 'E', 'I', 'M', 'Q', 'U', 'Y', 'c', 'g', 'k'].map((third) => pair + third),
);

export const messaging: readonly SecretRow[] = [
  { id: 'slack-bot-token', kind: 'Slack bot token', anchors: ['xoxb-'], pattern: /xoxb-[0-9]{8,14}-[0-9A-Za-z-]{16,80}/y, severity: 'critical', revoke: 'https://api.slack.com/apps', hits: ['SLACK_TOKEN=«xoxb-{dig*12}-{dig*12}-{a62*24}»'] },
  { id: 'slack-token', kind: 'Slack token', anchors: ['xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe.', 'xoxe-', 'xoxc-'], pattern: /xox(?:[parsoc]-(?:[0-9]{1,14}-){1,4}[0-9A-Za-z-]{16,80}|e\.xox[bp]-\d-[A-Za-z0-9]{100,250}|e-\d-[A-Za-z0-9]{100,250})/y, severity: 'critical', revoke: 'https://api.slack.com/apps', hits: ['«xoxp-{dig*12}-{dig*12}-{dig*12}-{hex*32}»', '«xoxe.xoxp-1-{a62*163}»', '«xoxc-{dig*12}-{dig*12}-{dig*13}-{hex*64}»'] },
  { id: 'slack-session-cookie', kind: 'Slack session cookie', anchors: ['xoxd-'], pattern: /xoxd-[A-Za-z0-9%+\/=-]{40,300}/y, hits: ['d=«xoxd-{a62*120}»'] },
  { id: 'slack-app-token', kind: 'Slack app-level token', anchors: ['xapp-'], pattern: /xapp-\d-[A-Z0-9]{8,14}-\d{8,14}-[0-9a-f]{40,80}/y, revoke: 'https://api.slack.com/apps', hits: ['«xapp-1-A{A36*10}-{dig*13}-{hex*64}»'] },
  { id: 'slack-workflow-token', kind: 'Slack workflow token', anchors: ['xwfp-'], pattern: /xwfp-[A-Za-z0-9-]{40,160}/y, hits: ['«xwfp-{dig*12}-{dig*12}-{a62*40}»'] },
  { id: 'slack-webhook', kind: 'Slack webhook', anchors: ['hooks.slack.com/'], pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9]{6,14}\/[A-Za-z0-9]{6,20}\/[A-Za-z0-9\/]{20,48}/y, hits: ['curl https://«hooks.slack.com/services/T{A36*8}/B{A36*10}/{a62*24}»'] },
  {
    id: 'discord-bot-token', kind: 'Discord bot token', anchors: SNOWFLAKES,
    pattern: /[MNO][A-Za-z0-9]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}/y, check: 'discord-id', severity: 'critical',
    revoke: 'https://discord.com/developers/applications', hits: ["client.login('«{snow}.{url*6}.{url*38}»')"],
  },
  { id: 'discord-webhook', kind: 'Discord webhook', anchors: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'], pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,72}/y, hits: ['https://«discord.com/api/webhooks/{dig*18}/{url*68}»'] },
  { id: 'discord-mfa-token', kind: 'Discord user token', anchors: ['mfa.'], pattern: /mfa\.[A-Za-z0-9_-]{80,95}/y, strict: true, hits: ['«mfa.{url*84}»'] },
  { id: 'discord-client-secret', kind: 'Discord client secret', anchors: [], names: [['discord', 'secret']], pattern: /[A-Za-z0-9_-]{32}/y, hits: ['DISCORD_CLIENT_SECRET=«{url*32}»'] },
  { id: 'telegram-bot-token', kind: 'Telegram bot token', anchors: [':AA'], back: [8, 10], after: 'bot', pattern: /\d{8,10}:AA[A-Za-z0-9_-]{33}/y, revoke: 'https://t.me/BotFather', hits: ['TELEGRAM_BOT_TOKEN=«{dig9*10}:AA{url*33}»', 'https://api.telegram.org/bot«{dig9*10}:AA{url*33}»/sendMessage'] },
  { id: 'twilio-key', kind: 'Twilio API key', anchors: ['SK0', 'SK1', 'SK2', 'SK3', 'SK4', 'SK5', 'SK6', 'SK7', 'SK8', 'SK9', 'SKa', 'SKb', 'SKc', 'SKd', 'SKe', 'SKf'], pattern: /SK[0-9a-f]{32}/y, entropy: 3, strict: true, hits: ['TWILIO_API_KEY=«SK{hex*32}»'] },
  { id: 'twilio-auth-token', kind: 'Twilio auth token', anchors: [], names: [['twilio', 'token'], ['twilio', 'secret'], ['twilio', 'auth']], pattern: /(?:[0-9a-f]{32}|[A-Za-z0-9]{32})/y, hits: ['TWILIO_AUTH_TOKEN=«{hex*32}»'] },
  { id: 'teams-webhook', kind: 'Microsoft Teams webhook', anchors: ['.webhook.office.com/', 'outlook.office.com/webhook/'], pattern: /(?:\.webhook\.office\.com\/webhookb2|outlook\.office\.com\/webhook)\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-zA-Z]{32}\/[0-9a-f-]{36}/y, hits: ['https://acme«.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{hex*32}/{uuid}»'] },
  { id: 'vonage-secret', kind: 'Vonage API secret', anchors: [], names: [['vonage', 'secret'], ['nexmo', 'secret']], pattern: /[A-Za-z0-9]{16}/y, hits: ['NEXMO_API_SECRET=«{a62*16}»'] },
  { id: 'pusher-secret', kind: 'Pusher secret', anchors: [], names: [['pusher', 'secret']], pattern: /[0-9a-f]{20}/y, hits: ['PUSHER_APP_SECRET=«{hex*20}»'] },
  { id: 'ably-key', kind: 'Ably API key', anchors: [], names: [['ably']], pattern: /[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{6}:[A-Za-z0-9_-]{40,50}/y, hits: ['ABLY_API_KEY=«{a62*6}.{a62*6}:{url*43}»'] },
  { id: 'onesignal-key', kind: 'OneSignal key', anchors: ['os_v2_app_', 'os_v2_org_'], pattern: /os_v2_(?:app|org)_[a-z2-7]{103}/y, hits: ['«os_v2_app_{b32l*103}»'] },
  { id: 'mattermost-token', kind: 'Mattermost token', anchors: [], names: [['mattermost']], pattern: /[a-z0-9]{26}/y, hits: ['MATTERMOST_TOKEN=«{a36*26}»'] },
  { id: 'zulip-key', kind: 'Zulip API key', anchors: [], names: [['zulip']], pattern: /[A-Za-z0-9]{32}/y, hits: ['ZULIP_API_KEY=«{a62*32}»'] },
  { id: 'pushover-token', kind: 'Pushover token', anchors: [], names: [['pushover']], pattern: /[a-z0-9]{30}/y, hits: ['PUSHOVER_TOKEN=«{a36*30}»'] },
  { id: 'facebook-token', kind: 'Facebook access token', anchors: ['EAA'], pattern: /EAA[A-Za-z0-9]{90,400}/y, entropy: 4.2, strict: true, hits: ['FB_TOKEN=«EAAC{a62*150}»'] },
  { id: 'facebook-app-secret', kind: 'Facebook app secret', anchors: [], names: [['facebook', 'secret'], ['fbappsecret'], ['metaappsecret'], ['instagram', 'secret'], ['whatsapp', 'secret']], pattern: /[0-9a-f]{32}/y, hits: ['FACEBOOK_APP_SECRET=«{hex*32}»'] },
  { id: 'instagram-token', kind: 'Instagram access token', anchors: ['IGQV', 'IGQW', 'IGAA'], pattern: /IG(?:QV|QW|AA)[A-Za-z0-9_-]{90,300}/y, strict: true, hits: ['«IGQV{a62*150}»'] },
  { id: 'x-bearer-token', kind: 'X (Twitter) bearer token', anchors: ['AAAAAAAAAAAAAAAAAAAAA'], pattern: /A{20,22}[A-Za-z0-9%]{20,60}%3D[A-Za-z0-9%]{30,80}/y, hits: ['TWITTER_BEARER_TOKEN = "«AAAAAAAAAAAAAAAAAAAAA{a62*24}%3D{a62*50}»"', '«AAAAAAAAAAAAAAAAAAAAA{a62*30}%3D{a62*50}»'] },
  { id: 'x-api-secret', kind: 'X (Twitter) API secret', anchors: [], names: [['twitter', 'secret'], ['consumersecret'], ['xapisecret']], pattern: /[A-Za-z0-9]{45,50}/y, hits: ['TWITTER_CONSUMER_SECRET=«{a62*50}»'] },
  { id: 'linkedin-secret', kind: 'LinkedIn client secret', anchors: ['WPL_AP'], pattern: /WPL_AP[01]\.[A-Za-z0-9_.-]{16,40}(?:==)?/y, hits: ['LINKEDIN_CLIENT_SECRET=«WPL_AP1.{a62*16}.{a62*6}==»'] },
  { id: 'twitch-token', kind: 'Twitch token or secret', anchors: [], names: [['twitch']], pattern: /[a-z0-9]{30}/y, hits: ['TWITCH_CLIENT_SECRET=«{a36*30}»'] },
  { id: 'zoom-secret', kind: 'Zoom client secret', anchors: [], names: [['zoom', 'secret']], pattern: /[A-Za-z0-9]{32}/y, hits: ['ZOOM_CLIENT_SECRET=«{a62*32}»'] },
  { id: 'line-token', kind: 'LINE channel access token', anchors: [], names: [['linechannel'], ['line', 'accesstoken']], pattern: /[A-Za-z0-9+\/]{160,180}={0,2}/y, hits: ['LINE_CHANNEL_ACCESS_TOKEN=«{b64*170}=»'] },
  { id: 'webex-token', kind: 'Webex bot token', anchors: ['_PF84_', '_PE93_'], back: [64, 64], pattern: /[A-Za-z0-9_-]{64}_P[FE]\d\d_[0-9a-f-]{36}/y, hits: ['WEBEX_TOKEN=«{url*64}_PF84_{uuid}»'] },
  { id: 'intercom-token', kind: 'Intercom access token', anchors: [], names: [['intercom']], pattern: /dG9rO[A-Za-z0-9+\/]{50,60}={0,2}/y, hits: ['INTERCOM_TOKEN=«dG9rO{b64*54}=»'] },
];
