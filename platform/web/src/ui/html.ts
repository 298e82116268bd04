const KEPT: ReadonlySet<string> = new Set(
  'P DIV H1 H2 H3 H4 H5 H6 UL OL LI BLOCKQUOTE B I EM STRONG U S STRIKE SUB SUP SMALL BIG TT CODE PRE HR BR A TABLE THEAD TBODY TR TH TD SPAN'.split(
    ' ',
  ),
);

/** What is inside of these is no text for people. */
const DROPPED: ReadonlySet<string> = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'SVG', 'MATH']);

function copy(node: Node, into: Node): void {
  for (const child of [...node.childNodes]) {
    if (child instanceof Text) {
      into.appendChild(document.createTextNode(child.data));
    } else if (child instanceof Element && !DROPPED.has(child.tagName.toUpperCase())) {
      copy(child, KEPT.has(child.tagName) ? into.appendChild(element(child)) : into);
    }
  }
}

function element(source: Element): Element {
  const made = document.createElement(source.tagName);
  const href = source.getAttribute('href');
  if (source.tagName === 'A' && href !== null && /^(https?:|mailto:|tel:)/i.test(href)) {
    made.setAttribute('href', href);
    made.setAttribute('target', '_blank');
    made.setAttribute('rel', 'noreferrer noopener');
  }
  for (const name of ['colspan', 'rowspan']) {
    const value = source.getAttribute(name);
    if (value !== null && /^\d{1,3}$/.test(value)) {
      made.setAttribute(name, value);
    }
  }
  return made;
}

function parsed(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body;
}

/** The nodes of a formatted text, built anew from what is allowed: the server cleans too, but we trust no one. */
export function harmless(html: string): Node[] {
  const fragment = document.createDocumentFragment();
  copy(parsed(html), fragment);
  return [...fragment.childNodes];
}

/** What there is to read, on one line. */
export function plainText(html: string): string {
  const body = document.createElement('div');
  body.append(...harmless(html.replace(/<\/(p|div|li|h[1-6]|tr|blockquote)>|<br\s*\/?>/gi, '$& ')));
  return (body.textContent ?? '').replace(/\s+/g, ' ').trim();
}
