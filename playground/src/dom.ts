/** Finds an element of the page by its id. */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  return document.querySelector(`#${id}`) as Kind;
}

/** Makes an element with properties and children; text of a plugin is only ever text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Fills a list of terms with texts. */
export function fillTerms(list: HTMLElement, terms: Readonly<Record<string, string>>): void {
  list.replaceChildren(
    ...Object.entries(terms).map(([term, text]) =>
      element('div', {}, [element('dt', { textContent: term }), element('dd', { textContent: text })]),
    ),
  );
}

const MOST_LINES = 500;

/** Adds a line to the log, and drops the oldest. */
export function logLine(text: string, kind = 'info'): void {
  const log = byId('log');
  log.append(element('li', { className: kind, textContent: `${kind}  ${text}` }));
  while (log.childElementCount > MOST_LINES) log.firstElementChild?.remove();
  log.scrollTop = log.scrollHeight;
}
