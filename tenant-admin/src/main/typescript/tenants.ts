import * as api from "./api.js";
import { ask, showOnce, toast, type Values } from "./dialogs.js";
import { h, icon, replace } from "./dom.js";
import { formatDay, formatNumber, language, t } from "./messages.js";
import { failure, identity, skeleton, statusTag } from "./parts.js";

const WAIT_FOR_TYPING = 200;

/** The list of tenants. Its state is the address, so that Back, reload and a link restore it. */
export class TenantsPage {
  readonly element = h("div", { class: "page" });
  private readonly rows = h("div", { class: "content" });
  private readonly tabs = h("div", { class: "tabs" });
  private readonly go: (path: string) => void;
  private readonly platformUrl: string;
  private search: string;
  private status: string;
  private asked = 0;

  constructor(go: (path: string) => void, platformUrl: string) {
    this.go = go;
    this.platformUrl = platformUrl;
    const query = new URLSearchParams(location.search);
    this.search = query.get("search") ?? "";
    this.status = query.get("status") ?? "";
    replace(
      this.element,
      h(
        "header",
        { class: "bar-top" },
        h("h1", {}, t("tenants")),
        this.tabs,
        h(
          "button",
          { type: "button", class: "button primary", click: () => this.create() },
          icon("plus"),
          t("newTenant"),
        ),
      ),
      h("div", { class: "bar-tools" }, this.searchBox(), h("p", { class: "meta" }, t("countsOnly"))),
      this.rows,
    );
    void this.load();
  }

  private searchBox(): HTMLElement {
    let waiting = 0;
    const box = h("input", {
      type: "search",
      value: this.search,
      placeholder: t("search"),
      "aria-label": t("search"),
      input: () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => this.find(box.value), WAIT_FOR_TYPING);
      },
    });
    return h("div", { class: "search" }, icon("search"), box);
  }

  private find(text: string): void {
    this.search = text.trim();
    this.remember();
    void this.load();
  }

  private remember(): void {
    const query = new URLSearchParams();
    if (this.search !== "") query.set("search", this.search);
    if (this.status !== "") query.set("status", this.status);
    history.replaceState(null, "", query.size > 0 ? `/?${query}` : "/");
  }

  /** Old rows stay until the new ones are there; a late answer to an old question is dropped. */
  private async load(): Promise<void> {
    const question = ++this.asked;
    const slow = setTimeout(() => {
      if (this.rows.childElementCount === 0) replace(this.rows, skeleton());
    }, 200);
    try {
      const page = await api.listTenants(this.search, this.status);
      if (question === this.asked) this.show(page);
    } catch (reason) {
      if (question === this.asked)
        replace(
          this.rows,
          failure(reason, () => void this.load()),
        );
    } finally {
      clearTimeout(slow);
    }
  }

  private show(page: api.TenantPage): void {
    const { active, suspended } = page.counts;
    replace(
      this.tabs,
      this.tab("", t("all"), active + suspended),
      this.tab("active", t("active"), active),
      this.tab("suspended", t("suspended"), suspended),
    );
    if (active + suspended === 0) {
      replace(this.rows, this.empty());
    } else if (page.value.length === 0) {
      replace(this.rows, this.noMatch());
    } else {
      const body = h("tbody", {}, ...page.value.map((tenant) => this.row(tenant)));
      replace(this.rows, this.table(body), this.more(page, body));
    }
  }

  private tab(status: string, label: string, count: number): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: "tab",
        "aria-pressed": this.status === status ? "true" : "false",
        click: () => {
          this.status = status;
          this.remember();
          void this.load();
        },
      },
      label,
      h("span", { class: "count" }, formatNumber(count)),
    );
  }

  private table(body: HTMLElement): HTMLElement {
    return h(
      "table",
      { class: "grid" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("tenant")),
          h("th", { scope: "col" }, t("status")),
          h("th", { scope: "col", class: "number" }, t("users")),
          h("th", { scope: "col", class: "number" }, t("records")),
          h("th", { scope: "col" }, t("created")),
          h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, t("actions"))),
        ),
      ),
      body,
    );
  }

  private row(tenant: api.Tenant): HTMLElement {
    const path = `/tenants/${tenant.id}`;
    const link = h("a", { href: path, class: "name", lang: tenant.locale }, tenant.name);
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.go(path);
    });
    const row = h(
      "tr",
      {},
      h("td", {}, identity(tenant.name, link, tenant.slug)),
      h("td", { "data-label": t("status") }, statusTag(tenant.status)),
      h("td", { class: "number", "data-label": t("users") }, formatNumber(tenant.users)),
      h("td", { class: "number", "data-label": t("records") }, formatNumber(tenant.records)),
      h("td", { "data-label": t("created") }, formatDay(tenant.createdAt)),
      h(
        "td",
        { class: "act" },
        changeStatusButton(tenant, () => void this.load()),
      ),
    );
    return row;
  }

  private more(page: api.TenantPage, body: HTMLElement): HTMLElement | null {
    const after = page.next;
    if (after === undefined) return null;
    const button = h("button", { type: "button", class: "button more" }, t("more"));
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const next = await api.listTenants(this.search, this.status, after);
        body.append(...next.value.map((tenant) => this.row(tenant)));
        button.replaceWith(this.more(next, body) ?? "");
      } catch (reason) {
        button.replaceWith(failure(reason, () => void this.load()));
      }
    });
    return button;
  }

  private empty(): HTMLElement {
    return h(
      "div",
      { class: "state" },
      h("h2", {}, t("emptyTitle")),
      h("p", {}, t("emptyText")),
      h(
        "button",
        { type: "button", class: "button primary", click: () => this.create() },
        icon("plus"),
        t("newTenant"),
      ),
    );
  }

  private noMatch(): HTMLElement {
    return h(
      "div",
      { class: "state" },
      h("h2", {}, t("noMatchTitle")),
      h("p", {}, t("noMatchText")),
      h("button", { type: "button", class: "button", click: () => this.go("/") }, t("clearSearch")),
    );
  }

  private async create(): Promise<void> {
    const tenant = await ask({
      title: t("newTenantTitle"),
      sections: [
        { fields: tenantFields() },
        { title: t("administrator"), fields: personFields("administrator.") },
      ],
      submit: t("create"),
      send: (values) => api.createTenant(newTenant(values)),
    });
    if (tenant === undefined) return;
    toast(t("createdNow", tenant.name));
    showMember(tenant.administrator, this.platformUrl);
    void this.load();
  }
}

/** Suspends after asking why, or resumes at once; says what happened. */
export function changeStatusButton(tenant: api.Tenant, changed: () => void): HTMLElement {
  if (tenant.status === "active") {
    return h(
      "button",
      {
        type: "button",
        class: "button danger-text",
        "aria-label": `${t("suspend")}: ${tenant.name}`,
        click: async () => {
          const after = await ask({
            title: t("suspendTitle", tenant.name),
            text: t("suspendText"),
            sections: [
              { fields: [{ name: "reason", label: t("reason"), help: t("reasonHelp"), kind: "area" }] },
            ],
            submit: t("suspend"),
            dangerous: true,
            send: (values) => api.suspend(tenant.id, values.get("reason") ?? ""),
          });
          if (after === undefined) return;
          toast(t("suspendedNow", tenant.name));
          changed();
        },
      },
      t("suspend"),
    );
  }
  const button = h(
    "button",
    { type: "button", class: "button", "aria-label": `${t("resume")}: ${tenant.name}` },
    t("resume"),
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await api.resume(tenant.id);
      toast(t("resumedNow", tenant.name));
      changed();
    } catch (reason) {
      button.disabled = false;
      toast(reason instanceof Error ? reason.message : t("failedTitle"));
    }
  });
  return button;
}

export function showMember(member: api.NewMember, platformUrl: string): void {
  const secrets = [
    { label: t("address"), value: platformUrl },
    { label: t("username"), value: member.username },
  ];
  if (member.temporaryPassword === undefined) {
    showOnce(t("signInData"), t("givenPasswordText", member.username), secrets);
  } else {
    secrets.push({ label: t("password"), value: member.temporaryPassword });
    showOnce(t("signInData"), t("signInDataText"), secrets, t("temporaryText"));
  }
}

export function personFields(prefix: string) {
  const names = [
    { name: `${prefix}firstName`, label: t("firstName"), required: true, half: true },
    { name: `${prefix}lastName`, label: t("lastName"), required: true, half: true },
  ];
  return [
    ...(language() === "zh-CN" ? names.reverse() : names),
    { name: `${prefix}username`, label: t("username"), required: true, half: true },
    { name: `${prefix}email`, label: t("email"), kind: "email" as const, required: true, half: true },
    { name: `${prefix}password`, label: t("password"), kind: "password" as const, help: t("passwordHelp") },
  ];
}

export function person(values: Values, prefix: string): api.Person {
  const password = values.get(`${prefix}password`) ?? "";
  return {
    username: values.get(`${prefix}username`) ?? "",
    email: values.get(`${prefix}email`) ?? "",
    firstName: values.get(`${prefix}firstName`) ?? "",
    lastName: values.get(`${prefix}lastName`) ?? "",
    ...(password === "" ? {} : { password }),
  };
}

function tenantFields() {
  const chinese = language() === "zh-CN";
  return [
    { name: "name", label: t("name"), required: true },
    { name: "slug", label: t("slug"), help: t("slugHelp") },
    {
      name: "locale",
      label: t("locale"),
      kind: "select" as const,
      value: language(),
      half: true,
      options: [
        { value: "en", label: "English" },
        { value: "zh-CN", label: "简体中文" },
      ],
    },
    {
      name: "currency",
      label: t("currency"),
      value: chinese ? "CNY" : "USD",
      required: true,
      half: true,
      suggestions: Intl.supportedValuesOf("currency"),
    },
    {
      name: "timeZone",
      label: t("timeZone"),
      value: Intl.DateTimeFormat().resolvedOptions().timeZone,
      required: true,
      half: true,
      suggestions: Intl.supportedValuesOf("timeZone"),
    },
    {
      name: "plugins",
      label: t("plugins"),
      kind: "checks" as const,
      half: true,
      options: [{ value: "sales", label: t("sales") }],
    },
  ];
}

function newTenant(values: Values): api.NewTenant {
  const slug = values.get("slug") ?? "";
  const plugins = values.get("plugins") ?? "";
  return {
    ...(slug === "" ? {} : { slug }),
    name: values.get("name") ?? "",
    locale: values.get("locale") ?? "",
    timeZone: values.get("timeZone") ?? "",
    currency: values.get("currency") ?? "",
    plugins: plugins === "" ? [] : plugins.split(","),
    administrator: person(values, "administrator."),
  };
}
