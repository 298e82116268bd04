package io.relata.core.access;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.record.RecordData;
import io.relata.core.search.GlobalSearch;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A tenant with teams and persons, and a clerk from whom fields of persons are hidden: salary, secret, badge and
/// sponsor; of the bank account only the end is shown, and the city is not to be changed. Formulas, roll-ups, keys and
/// rules read them.
record FieldWorld(TestEngine engine, TestJobs jobs, CallContext administrator, CallContext clerk, List<UUID> ids) {

    static final String PERSONS = "c_persons";
    static final String TEAMS = "c_teams";
    static final int COUNT = 24;
    static final String CLERK =
            """
            {'entities': {'*': {%1$s}, 'c_person': {%1$s, 'fields': {'c_salary': 'none', 'c_secret': 'none',
             'c_badge': 'none', 'c_sponsor': 'none', 'c_iban': 'masked', 'c_city': 'read'}}}}
            """.formatted("'create':'tenant','read':'tenant','update':'tenant','delete':'tenant','export':'tenant'");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TEAM = """
            {'name': 'c_team', 'label': {'en': 'Team'}, 'pluralLabel': {'en': 'Teams'},
             'nameField': 'c_name', 'fields': [{'name': 'c_name', 'type': 'text', 'label': {'en': 'Name'}}]}
            """;
    private static final String PERSON = """
            {'name': 'c_person', 'label': {'en': 'Person'}, 'pluralLabel': {'en': 'Persons'},
             'nameField': 'c_name', 'fields': [
              {'name': 'c_name', 'type': 'text', 'required': true, 'label': {'en': 'Name'}},
              {'name': 'c_code', 'type': 'text', 'unique': true, 'label': {'en': 'Code'}},
              {'name': 'c_city', 'type': 'text', 'searchable': true, 'label': {'en': 'City'}},
              {'name': 'c_age', 'type': 'integer', 'label': {'en': 'Age'}},
              {'name': 'c_team', 'type': 'lookup', 'target': 'c_team', 'label': {'en': 'Team'}},
              {'name': 'c_salary', 'type': 'integer', 'min': 0, 'label': {'en': 'Salary'}},
              {'name': 'c_secret', 'type': 'text', 'searchable': true, 'label': {'en': 'Secret'}},
              {'name': 'c_badge', 'type': 'text', 'unique': true, 'label': {'en': 'Badge'}},
              {'name': 'c_iban', 'type': 'text', 'unique': true, 'searchable': true, 'label': {'en': 'Account'}},
              {'name': 'c_sponsor', 'type': 'lookup', 'target': 'c_team', 'label': {'en': 'Sponsor'}},
              {'name': 'c_double', 'type': 'formula', 'expression': 'c_age * 2', 'label': {'en': 'Double'}},
              {'name': 'c_bonus', 'type': 'formula', 'expression': 'c_salary / 10', 'scale': 1, 'label': {'en': 'Bonus'}},
              {'name': 'c_twice', 'type': 'formula', 'expression': 'c_bonus * 2', 'scale': 1, 'label': {'en': 'Twice'}},
              {'name': 'c_kept', 'type': 'formula', 'expression': 'c_salary + c_age', 'stored': true,
               'label': {'en': 'Kept'}},
              {'name': 'c_end', 'type': 'formula', 'expression': 'c_iban', 'label': {'en': 'End'}},
              {'name': 'c_note', 'type': 'text', 'visibleWhen': 'c_salary >= 0', 'label': {'en': 'Note'}}],
             'keys': [{'name': 'c_both', 'fields': ['c_age', 'c_secret']}],
             'views': [{'key': 'rich', 'label': {'en': 'Rich'}, 'kind': 'list', 'columns': ['c_name'],
                        'filter': 'c_salary gt 10'},
                       {'key': 'all', 'label': {'en': 'All'}, 'kind': 'list', 'columns': ['c_name', 'c_salary'],
                        'sort': [{'field': 'c_salary'}, {'field': 'c_name'}]}],
             'rules': [{'name': 'c_limit', 'refuseWhen': 'c_salary > 1000000', 'message': {'en': 'Too much'}}]}
            """;

    /// @param variant which of two sets of hidden values it has; everything else is the same
    static FieldWorld of(TestEngine engine, TestJobs jobs, int variant) throws SQLException {
        CallContext administrator = jobs.member("f" + UUID.randomUUID());
        FieldWorld world =
                new FieldWorld(engine, jobs, administrator, member(engine, administrator), new ArrayList<>());
        world.define(TEAM);
        world.define(PERSON);
        for (String rollUp : List.of(
                "{'name': 'c_heads', 'type': 'integer', 'label': {'en': 'Heads'}, 'rollUp': {'of': 'c_person', 'by': 'c_team', 'function': 'count'}}",
                "{'name': 'c_total', 'type': 'integer', 'label': {'en': 'Total'}, 'rollUp': {'of': 'c_person', 'by': 'c_team', 'function': 'sum', 'field': 'c_salary'}}",
                "{'name': 'c_rich', 'type': 'integer', 'label': {'en': 'Rich'}, 'rollUp': {'of': 'c_person', 'by': 'c_team', 'function': 'count', 'filter': 'c_salary gt 60'}}",
                "{'name': 'c_sponsored', 'type': 'integer', 'label': {'en': 'Sponsored'}, 'rollUp': {'of': 'c_person', 'by': 'c_sponsor', 'function': 'count'}}")) {
            engine.relata().metadata().addField(administrator, "c_team", json(rollUp));
        }
        engine.relata()
                .metadata()
                .addField(
                        administrator,
                        "c_person",
                        json(
                                "{'name': 'c_of', 'type': 'formula', 'expression': 'c_team.c_total', 'label': {'en': 'Of'}}"));
        world.role(CLERK);
        engine.relata()
                .access()
                .put(administrator, "users", world.clerk.user().toString(), json("{'unit':null,'roles':['clerk']}"));
        world.fill(variant);
        return world;
    }

    private void fill(int variant) {
        for (String team : List.of("Red", "Blue", "Grey")) {
            ids.add(engine.create(administrator, "c_team", "c_name", team).id());
        }
        for (int i = 0; i < COUNT; i++) {
            RecordData person = engine.create(
                    administrator,
                    "c_person",
                    "c_name",
                    "Person " + (char) ('A' + i),
                    "c_code",
                    "C" + i,
                    "c_city",
                    List.of("Leipzig", "Dresden", "Halle").get(i % 3),
                    "c_age",
                    20 + i % 7,
                    "c_team_id",
                    ids.get(i % 3).toString());
            ids.add(person.id());
            conceal(person.id(), i, variant);
        }
    }

    /// Gives a person the values that are hidden, as one change more.
    private void conceal(UUID person, int i, int variant) {
        engine.update(
                administrator,
                "c_person",
                person,
                "c_salary",
                variant == 0 ? i * 5 : (COUNT - i) * 7,
                "c_secret",
                secret(i, variant),
                "c_badge",
                "B" + (variant == 0 ? i : COUNT - i),
                "c_iban",
                (variant == 0 ? "DE" : "FR") + (variant == 0 ? 1000 + i : 9000 - i) + "4711" + (1000 + i),
                "c_sponsor_id",
                ids.get((i + variant) % 2).toString(),
                "c_note",
                "noted");
    }

    static String secret(int i, int variant) {
        return (variant == 0 ? "orchid " : "walnut ")
                + List.of("falcon", "Leipzg", "Person").get((i + variant) % 3) + " " + i;
    }

    private void define(String entity) {
        EntityDefinition made = engine.relata().metadata().createEntity(administrator, json(entity));
        if (!List.of(PERSONS, TEAMS).contains(made.setName())) {
            throw new IllegalStateException("Another set: " + made.setName());
        }
    }

    void role(String role) {
        engine.relata().access().put(administrator, "roles", "clerk", json(role));
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    GlobalSearch search() {
        return new GlobalSearch(
                engine.relata().transactions(),
                engine.relata().metadata()::snapshot,
                jobs.work().search(),
                Duration.ofSeconds(10));
    }

    private static CallContext member(TestEngine engine, CallContext administrator) throws SQLException {
        CallContext member = new CallContext(
                administrator.tenant(),
                UUID.randomUUID(),
                Set.of("user"),
                administrator.locale(),
                administrator.zone(),
                administrator.currency(),
                "request",
                Origin.API);
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name,"
                                + " created_at) values (?, ?, 'person', 'user', 'active', ?, 'Clerk', now())",
                        member.tenant(),
                        member.user(),
                        member.user().toString());
        return member;
    }

    /// Returns the same tenant with its administrator in the place of the clerk.
    FieldWorld seenByAdministrator() {
        return new FieldWorld(engine, jobs, administrator, administrator, ids);
    }

    @Nullable
    String label(UUID id) {
        int place = ids.indexOf(id);
        return place >= 0
                ? "{r" + place + "}"
                : id.equals(clerk.user()) ? "{clerk}" : id.equals(administrator.user()) ? "{administrator}" : null;
    }
}
