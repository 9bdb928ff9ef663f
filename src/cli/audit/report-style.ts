/** The report's style sheet: readable on a screen, in the dark and on paper. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ink:#1a1d21;--soft:#5c6470;--line:#d8dce2;--went:#7d9cc0;--stopped:#b3402e;--paper:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9aa3af;--line:#383e47;--went:#5f83ad;--stopped:#e0705c;--paper:#15181c}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1080px;padding:32px 24px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{margin:0;font-size:26px}h2{margin:32px 0 8px;font-size:17px}p{margin:4px 0;color:var(--soft)}
.tiles{display:flex;flex-wrap:wrap;gap:12px;margin:24px 0}
.tiles div{flex:1 1 120px;border:1px solid var(--line);border-radius:6px;padding:10px 14px;color:var(--soft);font-size:13px}
.tiles b{display:block;font-size:24px;color:var(--ink);font-variant-numeric:tabular-nums}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(340px,1fr));gap:0 32px}
figure{margin:0}svg{width:100%;height:auto}text{fill:var(--soft);font-size:12px}figcaption{color:var(--soft);font-size:13px}
.axis{stroke:var(--line)}rect.went{fill:var(--went)}rect.stopped{fill:var(--stopped)}
.key{display:inline-block;width:10px;height:10px;margin-left:10px}.key.went{background:var(--went)}.key.stopped{background:var(--stopped)}
table{border-collapse:collapse;width:100%;font-size:13px}
th{text-align:left;color:var(--soft);font-weight:600}
td,th{padding:4px 8px 4px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.count{text-align:right;font-variant-numeric:tabular-nums;width:56px}.name{width:55%}
.bar span{display:block;height:10px;background:var(--went);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.wide td:first-child,.wide td:last-child{white-space:nowrap}
.wide td:last-child{overflow-wrap:anywhere;white-space:normal}
@media print{body{padding:0;max-width:none;font-size:11px}tr,figure,.tiles div{break-inside:avoid}h2{break-after:avoid}
:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff}rect,.key{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
