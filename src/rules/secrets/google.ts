import type { SecretRow } from './row.ts';

export const google = (): readonly SecretRow[] => [
  {
    id: 'google-api-key',
    kind: 'Google API key',
    anchors: ['AIza'],
    pattern: () => /AIza[A-Za-z0-9_-]{35}/y,
    revoke: 'https://console.cloud.google.com/apis/credentials',
    hits: [
      `const key = '«AIza{url*35}»';`,
      'https://maps.googleapis.com/maps/api/js?address=Berlin&key=«AIza{url*35}»',
    ],
  },
  {
    id: 'google-oauth-client-secret',
    kind: 'Google OAuth client secret',
    anchors: ['GOCSPX-'],
    pattern: () => /GOCSPX-[A-Za-z0-9_-]{28}/y,
    hits: ['"client_secret": "«GOCSPX-{url*28}»"'],
  },
  {
    id: 'google-oauth-refresh-token',
    kind: 'Google OAuth refresh token',
    anchors: ['1//0'],
    pattern: () => /1\/\/0[A-Za-z0-9_-]{60,160}/y,
    strict: true,
    hits: ['"refresh_token": "«1//0{url*100}»"'],
  },
  {
    id: 'google-oauth-access-token',
    kind: 'Google OAuth access token',
    anchors: ['ya29.'],
    pattern: () => /ya29\.[A-Za-z0-9_-]{30,400}/y,
    hits: ['Bearer «ya29.{url*120}»'],
  },
  {
    id: 'google-ai-key',
    kind: 'Google AI Studio key',
    anchors: ['AQ.Ab8'],
    pattern: () => /AQ\.Ab8[A-Za-z0-9_-]{40,80}/y,
    hits: ['GEMINI_API_KEY=«AQ.Ab8{url*47}»'],
  },
  {
    id: 'firebase-server-key',
    kind: 'Firebase Cloud Messaging server key',
    anchors: ['AAAA'],
    pattern: () => /AAAA[A-Za-z0-9_-]{7}:[A-Za-z0-9_-]{134,150}/y,
    strict: true,
    hits: ['fcm: «AAAA{a62*7}:{url*140}»'],
  },
  {
    id: 'google-hmac-key',
    kind: 'Google Cloud Storage HMAC access id',
    anchors: ['GOOG1'],
    pattern: () => /GOOG1[A-Z2-7]{19,57}/y,
    hits: ['access_key = «GOOG1{b32*56}»'],
  },
  {
    id: 'google-recaptcha-secret',
    kind: 'reCAPTCHA secret key',
    anchors: [],
    names: [
      ['recaptcha', 'secret'],
      ['recaptcha', 'private'],
    ],
    pattern: () => /6L[A-Za-z0-9_-]{38}/y,
    hits: ['RECAPTCHA_SECRET_KEY=«6L{url*38}»'],
  },
  {
    id: 'google-chat-webhook',
    kind: 'Google Chat webhook',
    anchors: ['chat.googleapis.com/v1/spaces/'],
    pattern: () =>
      /chat\.googleapis\.com\/v1\/spaces\/[A-Za-z0-9_-]{8,20}\/messages\?key=[A-Za-z0-9_-]{30,45}&token=([A-Za-z0-9_%-]{30,80})/y,
    hits: ['https://chat.googleapis.com/v1/spaces/AAAAk3jd9fk/messages?key={url*39}&token=«{url*43}»'],
  },
];
