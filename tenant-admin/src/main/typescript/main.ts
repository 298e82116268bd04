import * as api from "./api.js";
import { h, icon, replace } from "./dom.js";
import { LANGUAGES, type Language, language, speak, t } from "./messages.js";
import { failure } from "./parts.js";
import { TenantPage } from "./tenant.js";
import { TenantsPage } from "./tenants.js";

const main = h("main", { id: "content", tabindex: "-1" });
const sidebar = h("div", { class: "sidebar" });

async function start(): Promise<void> {
  speak(language());
  replace(
    document.body,
    h("a", { href: "#content", class: "skip" }, t("skip")),
    sidebar,
    main,
    h("div", { id: "toast", role: "status" }),
  );
  try {
    const me = await api.me();
    addEventListener("popstate", () => show(me));
    show(me);
  } catch (reason) {
    replace(
      main,
      failure(reason, () => location.reload()),
    );
  }
}

function show(me: api.Me): void {
  const go = (path: string) => {
    history.pushState(null, "", path);
    show(me);
    main.focus();
  };
  document.title = `${t("tenants")} · Relata`;
  showSidebar(me, go);
  const tenant = /^\/tenants\/([^/]+)$/.exec(location.pathname);
  const page = tenant?.[1]
    ? new TenantPage(tenant[1], go, me.platformUrl)
    : new TenantsPage(go, me.platformUrl);
  replace(main, page.element);
}

function showSidebar(me: api.Me, go: (path: string) => void): void {
  const link = h("a", { href: "/", "aria-current": "page" }, icon("building"), t("tenants"));
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go("/");
  });
  replace(
    sidebar,
    h(
      "div",
      { class: "brand" },
      h("span", { class: "logo", "aria-hidden": "true" }, "R"),
      h("div", {}, h("strong", {}, "Relata"), h("div", { class: "sub" }, t("console"))),
    ),
    h("nav", { "aria-label": t("console") }, link),
    h(
      "div",
      { class: "who-am-i" },
      h("span", { class: "sub me" }, me.displayName),
      languageChoice(me),
      h(
        "button",
        { type: "button", class: "side-button", click: () => void api.signOut() },
        icon("out"),
        t("signOut"),
      ),
    ),
  );
}

/** Switching needs no reload. */
function languageChoice(me: api.Me): HTMLElement {
  const names: Readonly<Record<Language, string>> = { en: "English", "zh-CN": "简体中文" };
  const choice = h(
    "select",
    { "aria-label": t("language") },
    ...LANGUAGES.map((each) =>
      h("option", { value: each, selected: each === language(), lang: each }, names[each]),
    ),
  );
  choice.addEventListener("change", () => {
    speak(choice.value === "zh-CN" ? "zh-CN" : "en");
    show(me);
  });
  return choice;
}

void start();
