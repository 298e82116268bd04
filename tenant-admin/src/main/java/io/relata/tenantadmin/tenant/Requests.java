package io.relata.tenantadmin.tenant;

import jakarta.json.JsonObject;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What may be asked for, field by field; everything that is wrong is named in one answer.
public final class Requests {
    static final List<String> LOCALES = List.of("en", "zh-CN");

    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{1,59}");
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final Pattern PLUGIN = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern DEVELOPMENT_PASSWORD = Pattern.compile("relata-.*-dev");
    private static final Set<String> ZONES = zones();
    private static final int NAME = 100;
    private static final int REASON = 500;
    private static final int LONGEST = 254;

    private final boolean production;

    public Requests(boolean production) {
        this.production = production;
    }

    NewTenant tenant(JsonObject body) {
        Fields fields = Fields.of(body);
        String slug = fields.optionalText("slug", LONGEST);
        fields.require("slug", slug == null || Slugs.isValid(slug), "slug");
        String name = fields.text("name", NAME);
        String locale = fields.text("locale", LONGEST);
        fields.require("locale", LOCALES.contains(locale), "locale");
        String timeZone = fields.text("timeZone", LONGEST);
        fields.require("timeZone", ZONES.contains(timeZone), "time-zone");
        String currency = fields.text("currency", LONGEST);
        fields.require("currency", isCurrency(currency), "currency");
        List<String> plugins =
                fields.texts("plugins", plugin -> PLUGIN.matcher(plugin).matches(), "plugin");
        Fields administrator = fields.object("administrator");
        NewPerson person = person(administrator, Membership.Role.ADMINISTRATOR);
        administrator.noOthers();
        fields.noOthers().refuseIfWrong();
        return new NewTenant(slug, name, locale, timeZone, currency, plugins, person);
    }

    NewPerson person(JsonObject body) {
        Fields fields = Fields.of(body);
        NewPerson person = person(fields, role(fields, fields.text("role", LONGEST)));
        fields.noOthers().refuseIfWrong();
        return person;
    }

    /// A program is an ordinary user unless more is asked for.
    NewServiceAccount serviceAccount(JsonObject body) {
        Fields fields = Fields.of(body);
        String name = fields.text("name", LONGEST);
        fields.require("name", Slugs.isValid(name), "service-name");
        String asked = fields.optionalText("role", LONGEST);
        Membership.Role role = asked == null ? Membership.Role.USER : role(fields, asked);
        fields.noOthers().refuseIfWrong();
        return new NewServiceAccount(name, role);
    }

    private static Membership.Role role(Fields fields, String role) {
        boolean administrator = role.equals(Membership.Role.ADMINISTRATOR.value());
        fields.require("role", administrator || role.equals(Membership.Role.USER.value()), "role");
        return administrator ? Membership.Role.ADMINISTRATOR : Membership.Role.USER;
    }

    @Nullable
    String reason(JsonObject body) {
        Fields fields = Fields.of(body);
        String reason = fields.optionalText("reason", REASON);
        fields.noOthers().refuseIfWrong();
        return reason;
    }

    void nothing(JsonObject body) {
        Fields.of(body).noOthers().refuseIfWrong();
    }

    private NewPerson person(Fields fields, Membership.Role role) {
        String username = fields.text("username", LONGEST).toLowerCase(Locale.ROOT);
        fields.require("username", isUsername(username), "username");
        String email = fields.text("email", LONGEST).toLowerCase(Locale.ROOT);
        fields.require("email", EMAIL.matcher(email).matches(), "email");
        String firstName = fields.text("firstName", NAME);
        String lastName = fields.text("lastName", NAME);
        String password = fields.secret("password", 8, 128);
        fields.require(
                "password",
                !production || password == null || !isDevelopmentPassword(password),
                "development-password");
        return new NewPerson(username, email, firstName, lastName, role, password);
    }

    /// The directory gives names of this form to service accounts itself.
    private static boolean isUsername(String username) {
        return USERNAME.matcher(username).matches() && !username.startsWith("service-account-");
    }

    private static boolean isDevelopmentPassword(String password) {
        return DEVELOPMENT_PASSWORD.matcher(password).matches();
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    /// Places and UTC; short names like EST and fixed offsets know no daylight saving.
    private static Set<String> zones() {
        Set<String> zones = new TreeSet<>(ZoneId.getAvailableZoneIds());
        zones.removeIf(zone -> !zone.equals("UTC") && (!zone.contains("/") || zone.startsWith("Etc/")));
        return Set.copyOf(zones);
    }
}
