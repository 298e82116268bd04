/** What may stand inside an element. */
export type Child = Node | string | null | undefined;

type Attributes = Readonly<
  Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>
>;

/** Makes an element; functions become listeners, `true` an empty attribute, `false` and nothing none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...present(children));
  return element;
}

export function replace(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...present(children));
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child) => child !== null && child !== undefined);
}

const SHAPES = {
  building: "M4 14V2h8v12M2.5 14h11M6.5 5h1M8.5 5h1M6.5 8h1M8.5 8h1M6.5 11h3v3h-3z",
  plus: "M8 3v10M3 8h10",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM11 11l3 3",
  check: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.5 8l2 2 3-4",
  pause: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.5 6v4M9.5 6v4",
  back: "M10 3 5 8l5 5",
  alert: "M8 2 1.5 13.5h13zM8 6.5v3M8 11.5v.2",
  out: "M6 2H3v12h3M10 5l3 3-3 3M13 8H6",
  key: "M10 9.5A3.5 3.5 0 1 0 6.8 7L2 11.8V14h2.2v-1.6h1.6v-1.6h1.6L8.7 9.3",
} as const;

export type IconName = keyof typeof SHAPES;

/** A drawing beside words, so it has no words of its own. */
export function icon(name: IconName): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}
