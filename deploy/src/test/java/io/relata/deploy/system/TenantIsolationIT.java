package io.relata.deploy.system;

import static io.relata.deploy.system.Api.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Twin tenants: B sends every route with A's ids. The answer is 'not found', nothing of A appears in it, and
/// A's rows are the same afterwards.
@ExtendWith(ProductExtension.class)
class TenantIsolationIT {

    private static final String CANARY = "canary-" + UUID.randomUUID();
    private static final String MAPPING =
            "{\"entity\":\"account\",\"key\":\"name\",\"columns\":[{\"column\":\"name\",\"field\":\"name\"}]}";

    private final Product product;
    private final Product.TestTenant victim;
    private final Api attacker;
    private final String account;
    private final String contact;
    private final String job;
    private final String file;
    private final String view;
    private final String report;
    private final String plan;
    private final String person;
    private final String webhook;
    private final String consentPurpose;
    private final String automation;
    private final UUID session = UUID.randomUUID();

    TenantIsolationIT(Product product) throws SQLException {
        this.product = product;
        this.victim = product.newTenant();
        this.attacker = product.newTenant().api();
        this.account = created(victim.api().post("/api/v1/data/accounts", Map.of("name", CANARY)));
        this.contact = created(
                victim.api().post("/api/v1/data/contacts", Map.of("name", CANARY + " contact", "accountId", account)));
        created(victim.api().post("/api/v1/metadata/entities", MetadataIT.siteVisit()), "name");
        this.view = created(victim.api()
                .post(
                        "/api/v1/views/accounts",
                        Map.of("name", CANARY, "shared", true, "definition", Map.of("columns", List.of("name")))));
        this.report = created(victim.api()
                .post(
                        "/api/v1/analysis/reports",
                        Map.of("name", CANARY, "shared", true, "definition", Map.of("set", "accounts"))));
        this.plan = victim.api()
                .get("/api/v1/metadata/plans")
                .json()
                .path("value")
                .path(0)
                .path("id")
                .asText();
        this.webhook = created(victim.api().post("/api/v1/webhooks", webhook(CANARY)));
        this.consentPurpose = created(victim.api()
                .post(
                        "/api/v1/consent-purposes",
                        Map.of(
                                "code", "canary",
                                "label", Map.of("en", CANARY),
                                "text", Map.of("en", CANARY))));
        victim.api()
                .post(
                        "/api/v1/records/contacts/" + contact + "/consents",
                        Map.of("purpose", "canary", "state", "given", "source", CANARY));
        this.automation = created(victim.api().post("/api/v1/automations", automation(CANARY)));
        Api.Answer accepted = victim.api()
                .upload(
                        "/api/v1/imports",
                        MAPPING,
                        CANARY + ".csv",
                        ("name\n" + CANARY + " imported\n").getBytes(StandardCharsets.UTF_8));
        this.job = created(accepted);
        this.file = created(victim.api().post("/api/v1/files?name=" + CANARY + ".txt", Map.of("text", CANARY)));
        awaitImport(victim.api(), job);
        this.person = created(victim.api().post("/api/v1/persons", Map.of("names", List.of(CANARY))));
        awaitDone(victim.api(), "/api/v1/persons/" + person);
        signIn();
    }

    /// A browser of the victim, as signing in leaves it; even if the attacker were the same user, it is not theirs.
    private void signIn() throws SQLException {
        String attacking =
                attacker.get("/api/v1/me").json().path("user").path("id").asText();
        try (Connection connection = product.superuser();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into relata.web_session (tenant_id, id, secret_hash, user_id, csrf_token, id_token, agent,"
                                + " created_at, last_used_at, expires_at)"
                                + " values (?, ?, sha256(?), ?, 'token', 'token', ?, now(), now(), now() + interval '1 hour')")) {
            insert.setObject(1, UUID.fromString(victim.id()));
            insert.setObject(2, session);
            insert.setBytes(3, CANARY.getBytes(StandardCharsets.UTF_8));
            insert.setObject(4, UUID.fromString(attacking));
            insert.setString(5, CANARY);
            insert.executeUpdate();
        }
    }

    @Test
    void hasACaseForEveryRoute() {
        assertThat(cases().keySet())
                .as("every route of the platform has a case here")
                .containsExactlyInAnyOrderElementsOf(
                        Routes.declaredIn(Path.of("..", "platform", "app", "target", "classes")));
    }

    @Test
    void answersNotFoundAndChangesNothing() throws SQLException {
        Map<String, String> before = fingerprint();
        cases().forEach((route, attempt) -> {
            Api.Answer answer = attempt.get();
            assertThat(answer.text()).as(route).doesNotContain(CANARY);
            if (namesARecordOfTheVictim(route)) {
                assertThat(answer.status()).as("%s: %s", route, answer.text()).isEqualTo(404);
            } else {
                assertThat(answer.status()).as("%s: %s", route, answer.text()).isLessThan(500);
            }
        });
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void findsNothingOfTheOtherByAnyQuery() {
        for (String options : new String[] {
            query("$filter", "contains(name,'canary')", "$count", "true"),
            query("$search", "canary", "$count", "true"),
            query("$filter", "id eq " + account, "$count", "true")
        }) {
            Api.Answer answer = attacker.get("/api/v1/data/accounts" + options);
            assertThat(answer.json().path("@odata.count").asLong(-1))
                    .as(options)
                    .isZero();
        }
        Api.Answer byLookup = attacker.get("/api/v1/data/contacts" + query("$filter", "accountId eq " + account));
        assertThat(byLookup.json().path("value")).isEmpty();
        Api.Answer sums = attacker.get("/api/v1/data/accounts" + query("$apply", "aggregate($count as n)"));
        assertThat(sums.json().path("value").path(0).path("n").asLong()).isZero();
    }

    @Test
    void convertsByOwnRatesOnly() {
        assertThat(victim.api().post("/api/v1/rates", rates(8)).status()).isEqualTo(200);
        assertThat(attacker.get("/api/v1/rates").json().path("value")).isEmpty();
        assertThat(attacker.delete("/api/v1/rates/EUR/CNY/2026-01-01").status()).isEqualTo(404);
        assertThat(attacker.post("/api/v1/rates", rates(9))
                        .json()
                        .path("created")
                        .asInt())
                .isEqualTo(1);
        assertThat(victim.api()
                        .get("/api/v1/rates")
                        .json()
                        .path("value")
                        .path(0)
                        .path("rate")
                        .asInt())
                .isEqualTo(8);
    }

    private static Map<String, Object> automation(String name) {
        return Map.of(
                "name",
                name,
                "entity",
                "account",
                "trigger",
                Map.of("on", "manual"),
                "steps",
                List.of(Map.of("do", "stop")));
    }

    private static Map<String, Object> webhook(String name) {
        return Map.of(
                "name", name, "url", "https://hook.invalid/" + name, "events", List.of("account.*"), "active", false);
    }

    private static Map<String, Object> rates(int rate) {
        return Map.of("rates", List.of(Map.of("from", "EUR", "to", "CNY", "day", "2026-01-01", "rate", rate)));
    }

    @Test
    void ignoresATenantNamedByTheCaller() {
        for (String header : new String[] {"X-Tenant", "X-Tenant-Id", "Tenant", "X-Relata-Tenant"}) {
            Api.Answer answer = attacker.get("/api/v1/data/accounts(" + account + ")", header, victim.id());
            assertThat(answer.status()).isEqualTo(404);
        }
    }

    @Test
    void refusesASessionCookieOfAnotherTenant() {
        Api.Answer answer =
                product.anonymous().get("/api/v1/me", "Cookie", "relata_session=" + victim.id() + "." + "A".repeat(43));
        assertThat(answer.status()).isEqualTo(401);
    }

    private Map<String, Supplier<Api.Answer>> cases() {
        String record = "/api/v1/data/accounts(" + account + ")";
        Map<String, Supplier<Api.Answer>> cases = new LinkedHashMap<>();
        cases.put("GET me", () -> attacker.get("/api/v1/me"));
        cases.put("PATCH me", () -> attacker.patch("/api/v1/me", Map.of("locale", "en", "tenant", victim.id())));
        cases.put("GET me/sessions", () -> attacker.get("/api/v1/me/sessions"));
        cases.put("DELETE me/sessions", () -> attacker.delete("/api/v1/me/sessions"));
        cases.put("DELETE me/sessions/{id}", () -> attacker.delete("/api/v1/me/sessions/" + session));
        cases.put("GET limits", () -> attacker.get("/api/v1/limits"));
        cases.put("GET users", () -> attacker.get("/api/v1/users"));
        cases.put("GET openapi.json", () -> attacker.get("/api/v1/openapi.json"));
        cases.put("GET metadata", () -> attacker.get("/api/v1/metadata"));
        cases.put(
                "POST metadata/entities",
                () -> attacker.post(
                        "/api/v1/metadata/entities", Map.of("name", "c_site_visit", "tenant", victim.id())));
        cases.put(
                "POST metadata/entities/{name}/fields",
                () -> attacker.post(
                        "/api/v1/metadata/entities/c_site_visit/fields", Map.of("name", "c_x", "type", "text")));
        cases.put("GET metadata/solution.zip", () -> attacker.get("/api/v1/metadata/solution.zip"));
        cases.put("GET metadata/plans", () -> attacker.get("/api/v1/metadata/plans?before=" + plan));
        cases.put(
                "POST metadata/plans",
                () -> attacker.post(
                        "/api/v1/metadata/plans",
                        Map.of(
                                "title",
                                "taken",
                                "changes",
                                List.of(Map.of("op", "remove", "component", "c_site_visit")))));
        cases.put("GET metadata/plans/{id}", () -> attacker.get("/api/v1/metadata/plans/" + plan));
        cases.put("DELETE metadata/plans/{id}", () -> attacker.delete("/api/v1/metadata/plans/" + plan));
        cases.put(
                "POST metadata/plans/{id}/apply",
                () -> attacker.post("/api/v1/metadata/plans/" + plan + "/apply", Map.of()));
        cases.put(
                "POST metadata/plans/{id}/revert",
                () -> attacker.post("/api/v1/metadata/plans/" + plan + "/revert", Map.of()));
        cases.put(
                "POST metadata/plans/{id}/purge",
                () -> attacker.post(
                        "/api/v1/metadata/plans/" + plan + "/purge", Map.of("names", List.of("c_site_visit"))));
        cases.put("GET metadata/advice", () -> attacker.get("/api/v1/metadata/advice"));
        cases.put(
                "POST metadata/trials",
                () -> attacker.post(
                        "/api/v1/metadata/trials", Map.of("entity", "c_site_visit", "expression", "c_subject")));
        cases.put("GET data", () -> attacker.get("/api/v1/data/"));
        cases.put("GET data/$metadata", () -> attacker.get("/api/v1/data/$metadata"));
        cases.put("GET data/{set}", () -> attacker.get("/api/v1/data/c_site_visits"));
        cases.put("GET data/{set}/$count", () -> attacker.get("/api/v1/data/c_site_visits/$count"));
        cases.put(
                "POST data/{set}",
                () -> attacker.post(
                        "/api/v1/data/contacts",
                        Map.of("name", "x", "accountId", account, "tenantId", victim.id(), "id", contact)));
        cases.put("GET data/{set}({id})", () -> attacker.get(record));
        cases.put("PATCH data/{set}({id})", () -> attacker.patch(record, Map.of("name", "taken")));
        cases.put("DELETE data/{set}({id})", () -> attacker.delete(record));
        cases.put("PUT data/{set}({id})", () -> attacker.sendJson("PUT", record, Map.of("name", "taken")));
        cases.put(
                "POST data/{set}/Relata.bulk",
                () -> attacker.post(
                        "/api/v1/data/accounts/Relata.bulk",
                        Map.of(
                                "items",
                                List.of(
                                        Map.of("op", "update", "id", account, "values", Map.of("name", "taken")),
                                        Map.of("op", "delete", "id", account))),
                        "Prefer",
                        "continue-on-error"));
        cases.put(
                "POST data/$batch",
                () -> attacker.post(
                        "/api/v1/data/$batch",
                        Map.of(
                                "requests",
                                List.of(
                                        Map.of("id", "1", "method", "GET", "url", "accounts(" + account + ")"),
                                        Map.of("id", "2", "method", "DELETE", "url", "accounts(" + account + ")"))),
                        "Prefer",
                        "continue-on-error"));
        cases.put("POST data/{set}({id})/Relata.restore", () -> attacker.post(record + "/Relata.restore", Map.of()));
        cases.put(
                "POST data/{set}({id})/{action}",
                () -> attacker.post(record + "/sales.close", Map.of("outcome", "won")));
        cases.put("GET search", () -> attacker.get("/api/v1/search" + query("q", "canary")));
        cases.put("GET changes/{set}", () -> attacker.get("/api/v1/changes/accounts"));
        cases.put("GET history/{set}/{id}", () -> attacker.get("/api/v1/history/accounts/" + account));
        cases.put(
                "GET history/{set}/{id}/at",
                () -> attacker.get("/api/v1/history/accounts/" + account + "/at?time=2999-01-01T00:00:00Z"));
        cases.put("GET audit", () -> attacker.get("/api/v1/audit?record=" + account));
        cases.put("GET audit/seals", () -> attacker.get("/api/v1/audit/seals"));
        cases.put("GET audit/retention", () -> attacker.get("/api/v1/audit/retention"));
        cases.put("PUT audit/retention", () -> attacker.put("/api/v1/audit/retention", Map.of("auditMonths", 6)));
        String hold = "/api/v1/records/contacts/" + contact + "/hold";
        cases.put("GET records/{set}/{id}/hold", () -> attacker.get(hold));
        cases.put("PUT records/{set}/{id}/hold", () -> attacker.put(hold, Map.of("reason", "none")));
        cases.put("DELETE records/{set}/{id}/hold", () -> attacker.delete(hold));
        String purpose = "/api/v1/consent-purposes/" + consentPurpose;
        cases.put("GET consent-purposes", () -> attacker.get("/api/v1/consent-purposes"));
        cases.put(
                "POST consent-purposes",
                () -> attacker.post(
                        "/api/v1/consent-purposes",
                        Map.of("code", "taken", "label", Map.of("en", "x"), "text", Map.of("en", "x"))));
        cases.put(
                "PUT consent-purposes/{id}",
                () -> attacker.put(purpose, Map.of("label", Map.of("en", "taken"), "active", false)));
        cases.put("DELETE consent-purposes/{id}", () -> attacker.delete(purpose));
        cases.put("GET consent-purposes/{id}/texts", () -> attacker.get(purpose + "/texts"));
        cases.put(
                "POST consent-purposes/{id}/texts",
                () -> attacker.post(purpose + "/texts", Map.of("text", Map.of("en", "taken"))));
        String consents = "/api/v1/records/contacts/" + contact + "/consents";
        cases.put("GET records/{set}/{id}/consents", () -> attacker.get(consents));
        cases.put(
                "POST records/{set}/{id}/consents",
                () -> attacker.post(consents, Map.of("purpose", "canary", "state", "withdrawn")));
        cases.put("GET persons", () -> attacker.get("/api/v1/persons"));
        cases.put(
                "POST persons",
                () -> attacker.post("/api/v1/persons", Map.of("record", Map.of("entity", "contact", "id", contact))));
        cases.put("GET persons/{id}", () -> attacker.get("/api/v1/persons/" + person));
        cases.put("DELETE persons/{id}", () -> attacker.delete("/api/v1/persons/" + person));
        cases.put("GET persons/{id}/findings", () -> attacker.get("/api/v1/persons/" + person + "/findings"));
        cases.put(
                "POST persons/{id}/package",
                () -> attacker.post("/api/v1/persons/" + person + "/package", Map.of("language", "en")));
        cases.put("GET persons/{id}/erasure", () -> attacker.get("/api/v1/persons/" + person + "/erasure"));
        cases.put(
                "POST persons/{id}/erasure",
                () -> attacker.post("/api/v1/persons/" + person + "/erasure", Map.of("reason", "none")));
        cases.put("GET persons/{id}/proof", () -> attacker.get("/api/v1/persons/" + person + "/proof"));
        cases.put("GET persons/{id}/package", () -> attacker.get("/api/v1/persons/" + person + "/package"));
        String hook = "/api/v1/webhooks/" + webhook;
        cases.put("GET webhooks", () -> attacker.get("/api/v1/webhooks"));
        cases.put("POST webhooks", () -> attacker.post("/api/v1/webhooks", webhook("own")));
        cases.put("GET webhooks/{id}", () -> attacker.get(hook));
        cases.put("PUT webhooks/{id}", () -> attacker.put(hook, webhook("own")));
        cases.put("DELETE webhooks/{id}", () -> attacker.delete(hook));
        cases.put("POST webhooks/{id}/secret", () -> attacker.post(hook + "/secret", Map.of()));
        cases.put("POST webhooks/{id}/test", () -> attacker.post(hook + "/test", Map.of()));
        cases.put("GET webhooks/{id}/deliveries", () -> attacker.get(hook + "/deliveries"));
        cases.put(
                "POST webhooks/{id}/deliveries/{delivery}/resend",
                () -> attacker.post(hook + "/deliveries/" + webhook + "/resend", Map.of()));
        cases.put("POST webhooks/{id}/resend", () -> attacker.post(hook + "/resend", Map.of()));
        String one = "/api/v1/automations/" + automation;
        cases.put("GET automations", () -> attacker.get("/api/v1/automations"));
        cases.put("POST automations", () -> attacker.post("/api/v1/automations", automation("own")));
        cases.put("POST automations/trial", () -> attacker.post("/api/v1/automations/trial", automation("own")));
        cases.put("GET automations/manual", () -> attacker.get("/api/v1/automations/manual?entity=account"));
        cases.put("GET automations/{id}", () -> attacker.get(one));
        cases.put("PUT automations/{id}", () -> attacker.put(one, automation("own")));
        cases.put("DELETE automations/{id}", () -> attacker.delete(one));
        cases.put("GET automations/{id}/versions", () -> attacker.get(one + "/versions"));
        cases.put("GET automations/{id}/runs", () -> attacker.get(one + "/runs"));
        cases.put(
                "POST automations/{id}/runs", () -> attacker.post(one + "/runs", Map.of("records", List.of(account))));
        cases.put(
                "POST automations/{id}/runs/{run}/retry",
                () -> attacker.post(one + "/runs/" + automation + "/retry", Map.of()));
        cases.put(
                "POST automations/{id}/runs/{run}/skip",
                () -> attacker.post(one + "/runs/" + automation + "/skip", Map.of()));
        cases.put("POST automations/{id}/retry", () -> attacker.post(one + "/retry", Map.of()));
        cases.put("GET notifications", () -> attacker.get("/api/v1/notifications"));
        cases.put("POST notifications/read", () -> attacker.post("/api/v1/notifications/read", Map.of("all", true)));
        cases.put("GET rates", () -> attacker.get("/api/v1/rates?from=EUR"));
        cases.put("POST rates", () -> attacker.post("/api/v1/rates", rates(1)));
        cases.put("DELETE rates/{from}/{to}/{day}", () -> attacker.delete("/api/v1/rates/EUR/CNY/2026-01-01"));
        cases.put("GET rates/used/{set}/{id}", () -> attacker.get("/api/v1/rates/used/accounts/" + account));
        cases.put("GET deleted", () -> attacker.get("/api/v1/deleted"));
        cases.put("PUT deleted", () -> attacker.put("/api/v1/deleted", Map.of("deletedDays", 30)));
        cases.put("GET deleted/{set}", () -> attacker.get("/api/v1/deleted/accounts"));
        String views = "/api/v1/views/accounts";
        cases.put("GET views/{set}", () -> attacker.get(views));
        cases.put(
                "POST views/{set}",
                () -> attacker.post(
                        views, Map.of("name", "x", "tenant", victim.id(), "definition", Map.of("columns", List.of()))));
        cases.put("PATCH views/{set}/{id}", () -> attacker.patch(views + "/" + view, Map.of("name", "taken")));
        cases.put("DELETE views/{set}/{id}", () -> attacker.delete(views + "/" + view));
        String reports = "/api/v1/analysis/reports";
        cases.put("GET analysis/{kind}", () -> attacker.get(reports));
        cases.put(
                "POST analysis/{kind}",
                () -> attacker.post(
                        reports, Map.of("name", "x", "tenant", victim.id(), "definition", Map.of("set", "accounts"))));
        cases.put("PATCH analysis/{kind}/{id}", () -> attacker.patch(reports + "/" + report, Map.of("name", "taken")));
        cases.put("DELETE analysis/{kind}/{id}", () -> attacker.delete(reports + "/" + report));
        String me = attacker.get("/api/v1/me").json().path("user").path("id").asText();
        String about = "/api/v1/records/accounts/" + account;
        cases.put("GET access/{kind}", () -> attacker.get("/api/v1/access/users"));
        cases.put(
                "PUT access/{kind}/{key}",
                () -> attacker.put(
                        "/api/v1/access/rules/" + account,
                        Map.of(
                                "name",
                                "x",
                                "entity",
                                "account",
                                "filter",
                                "name ne null",
                                "principal",
                                account,
                                "level",
                                "update")));
        cases.put("DELETE access/{kind}/{key}", () -> attacker.delete("/api/v1/access/teams/" + account));
        cases.put("GET records/{set}/{id}/owner", () -> attacker.get(about + "/owner"));
        cases.put("PATCH records/{set}/{id}/owner", () -> attacker.patch(about + "/owner", Map.of("owner", me)));
        cases.put("GET records/{set}/{id}/shares", () -> attacker.get(about + "/shares"));
        cases.put(
                "PUT records/{set}/{id}/shares/{principal}",
                () -> attacker.put(about + "/shares/" + me, Map.of("level", "update")));
        cases.put("DELETE records/{set}/{id}/shares/{principal}", () -> attacker.delete(about + "/shares/" + me));
        cases.put("GET records/{set}/{id}/access", () -> attacker.get(about + "/access"));
        cases.put("GET shortcuts", () -> attacker.get("/api/v1/shortcuts"));
        cases.put(
                "PUT shortcuts/{set}/{kind}/{target}",
                () -> attacker.put("/api/v1/shortcuts/accounts/record/" + account, Map.of("favourite", true)));
        cases.put("GET imports", () -> attacker.get("/api/v1/imports"));
        cases.put(
                "POST imports",
                () -> attacker.upload("/api/v1/imports", MAPPING, "x.csv", "name\n".getBytes(StandardCharsets.UTF_8)));
        cases.put(
                "POST imports/preview",
                () -> attacker.upload(
                        "/api/v1/imports/preview", MAPPING, "x.csv", "name\nx\n".getBytes(StandardCharsets.UTF_8)));
        cases.put("GET imports/{id}", () -> attacker.get("/api/v1/imports/" + job));
        cases.put("GET imports/{id}/rejects", () -> attacker.get("/api/v1/imports/" + job + "/rejects"));
        cases.put("GET imports/{id}/rejects.csv", () -> attacker.get("/api/v1/imports/" + job + "/rejects.csv"));
        cases.put("POST imports/{id}/cancel", () -> attacker.post("/api/v1/imports/" + job + "/cancel", Map.of()));
        cases.put("POST files", () -> attacker.post("/api/v1/files?name=x", Map.of("tenant", victim.id())));
        cases.put("GET files/{id}", () -> attacker.get("/api/v1/files/" + file));
        cases.put("GET files/{id}/thumbnail", () -> attacker.get("/api/v1/files/" + file + "/thumbnail"));
        cases.put("GET jobs", () -> attacker.get("/api/v1/jobs"));
        cases.put(
                "POST jobs",
                () -> attacker.post(
                        "/api/v1/jobs", Map.of("kind", "delete", "set", "accounts", "filter", "id eq " + account)));
        cases.put("GET jobs/{id}", () -> attacker.get("/api/v1/jobs/" + job));
        cases.put("GET jobs/{id}/errors", () -> attacker.get("/api/v1/jobs/" + job + "/errors"));
        cases.put("GET jobs/{id}/file", () -> attacker.get("/api/v1/jobs/" + job + "/file"));
        cases.put("POST jobs/{id}/cancel", () -> attacker.post("/api/v1/jobs/" + job + "/cancel", Map.of()));
        cases.put("GET login", () -> attacker.get("/auth/login"));
        cases.put("GET callback", () -> attacker.get("/auth/callback?code=x&state=y"));
        cases.put("POST logout", () -> attacker.post("/auth/logout", Map.of()));
        cases.put("POST switch-account", () -> attacker.post("/auth/switch-account", Map.of()));
        cases.put("POST backchannel-logout", () -> attacker.post("/auth/backchannel-logout", Map.of()));
        cases.put("GET refused", () -> attacker.get("/auth/refused?reason=suspended"));
        return cases;
    }

    private static boolean namesARecordOfTheVictim(String route) {
        return route.contains("{id}") || route.contains("{name}") || route.startsWith("GET data/{set}");
    }

    /// What the victim's rows are, table by table, read past row-level security.
    /// The victim's own queries are counted a little later than they are run.
    private Map<String, String> fingerprint() throws SQLException {
        Map<String, String> hashes = new TreeMap<>();
        try (Connection connection = product.superuser();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(
                        "select table_name from information_schema.columns where table_schema = 'relata' and column_name = 'tenant_id'"
                                // What happened is sealed, and queries are looked at, whoever asks for what.
                                + " and table_name not in ('audit_seal', 'query_shape')")) {
            while (tables.next()) {
                hashes.put(tables.getString(1), hash(connection, tables.getString(1)));
            }
        }
        return hashes;
    }

    private String hash(Connection connection, String table) throws SQLException {
        String sql =
                "select md5(coalesce(string_agg(row_text, '|' order by row_text), '')) from (select t::text as row_text from relata.\"%s\" t where tenant_id = '%s') rows"
                        .formatted(table, UUID.fromString(victim.id()));
        try (Statement statement = connection.createStatement();
                ResultSet hash = statement.executeQuery(sql)) {
            hash.next();
            return hash.getString(1);
        }
    }

    static void awaitImport(Api api, String job) {
        awaitDone(api, "/api/v1/imports/" + job);
    }

    private static void awaitDone(Api api, String address) {
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> api.get(address).json().path("state").asText().equals("done"));
    }

    private static String created(Api.Answer answer) {
        return created(answer, "id");
    }

    private static String created(Api.Answer answer, String member) {
        assertThat(answer.status()).as(answer.text()).isIn(201, 202);
        return answer.json().path(member).asText();
    }
}
