import { h, replace } from "./dom.js";
import { language, speak, t } from "./messages.js";

/** Says why somebody could not come in, and what to do. */
function show(): void {
  speak(language());
  const given = new URLSearchParams(location.search).get("reason");
  const reason = given === "not-operator" || given === "unavailable" ? given : "failed";
  const title = t(`refused.${reason}.title`);
  document.title = `${title} · Relata`;
  const again = `/auth/login?lang=${language()}`;
  replace(
    document.body,
    h(
      "main",
      { class: "refused" },
      h("span", { class: "logo", "aria-hidden": "true" }, "R"),
      h("h1", {}, title),
      h("p", {}, t(`refused.${reason}.text`)),
      reason === "not-operator"
        ? h("a", { href: "/auth/switch", class: "button primary" }, t("refused.switch"))
        : h("a", { href: again, class: "button primary" }, t("refused.retry")),
    ),
  );
}

show();
