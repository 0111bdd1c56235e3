/** The style of the page: light and dark, and narrow. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --line: #dfe3e8; --text: #1b1f24; --soft: #5b6570; --good: #1a7f37; --bad: #cf222e; --link: #0a58ca; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1318; --card: #171c23; --line: #2b323b; --text: #e6eaef; --soft: #98a3af; --good: #56d364; --bad: #ff7b72; --link: #6cb0ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1160px; margin: 0 auto; padding: 28px 16px 48px; }
h1 { font-size: 26px; margin: 0 0 8px; }
h2 { font-size: 18px; margin: 0; }
p { margin: 2px 0 0; }
a { color: var(--link); }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 16px 2px 0; }
.soft { color: var(--soft); }
.ok { color: var(--good); }
.bad { color: var(--bad); }
.verdict { font-size: 18px; font-weight: 600; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; margin-top: 16px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 16px; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
ul { list-style: none; padding: 0; margin: 10px 0; }
li { padding-left: 22px; position: relative; color: var(--text); }
li::before { content: '✓'; position: absolute; left: 0; color: var(--good); }
li.bad::before { content: '✗'; color: var(--bad); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin-top: 10px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 4px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--soft); font-weight: 500; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
`;
