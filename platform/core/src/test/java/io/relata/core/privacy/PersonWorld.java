package io.relata.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.file.StoredFile;
import io.relata.core.job.Job;
import io.relata.spi.CallContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A hotel whose guests book rooms: entities of the tenant's own, with personal fields of several types.
record PersonWorld(TestEngine engine, TestJobs jobs, CallContext call) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static PersonWorld of(TestEngine engine, TestJobs jobs) throws SQLException {
        PersonWorld world = new PersonWorld(engine, jobs, jobs.member("p" + UUID.randomUUID()));
        world.define("""
                {'name': 'c_guest', 'label': {'en': 'Guest', 'zh-CN': '客人'}, 'pluralLabel': {'en': 'Guests', 'zh-CN': '客人'},
                 'nameField': 'c_name', 'fields': [
                  {'name': 'c_name', 'type': 'text', 'required': true, 'personal': true, 'searchable': true,
                   'label': {'en': 'Name', 'zh-CN': '姓名'}},
                  {'name': 'c_mail', 'type': 'email', 'personal': true, 'searchable': true, 'unique': true,
                   'label': {'en': 'Mail'}},
                  {'name': 'c_tel', 'type': 'phone', 'personal': true, 'label': {'en': 'Telephone'}},
                  {'name': 'c_passport', 'type': 'encryptedText', 'personal': true, 'label': {'en': 'Passport'}},
                  {'name': 'c_born', 'type': 'date', 'personal': true, 'label': {'en': 'Born'}},
                  {'name': 'c_home', 'type': 'address', 'personal': true, 'label': {'en': 'Home'}},
                  {'name': 'c_tags', 'type': 'tags', 'personal': true, 'label': {'en': 'Tags'}},
                  {'name': 'c_photo', 'type': 'file', 'personal': true, 'searchable': true, 'label': {'en': 'Photo'}},
                  {'name': 'c_stars', 'type': 'integer', 'label': {'en': 'Stars'}}]}
                """);
        world.define("""
                {'name': 'c_booking', 'label': {'en': 'Booking'}, 'pluralLabel': {'en': 'Bookings'},
                 'nameField': 'c_title', 'fields': [
                  {'name': 'c_title', 'type': 'text', 'personal': true, 'label': {'en': 'Title'}},
                  {'name': 'c_remark', 'type': 'longText', 'personal': true, 'searchable': true, 'label': {'en': 'Remark'}},
                  {'name': 'c_room', 'type': 'integer', 'label': {'en': 'Room'}},
                  {'name': 'c_scan', 'type': 'file', 'label': {'en': 'Scan'}},
                  {'name': 'c_guest', 'type': 'lookup', 'target': 'c_guest', 'label': {'en': 'Guest'}}]}
                """);
        engine.relata().transactions().call(world.call, sql -> {
            engine.relata()
                    .vault()
                    .ensure(sql, world.call.tenant(), engine.clock().instant());
            return true;
        });
        return world;
    }

    private void define(String definition) {
        engine.relata().metadata().createEntity(call, json(definition));
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    UUID guest(String name, String mail, @Nullable String phone) {
        return engine.create(call, "c_guest", "c_name", name, "c_mail", mail, "c_tel", phone)
                .id();
    }

    /// Sends a file; a record still has to take it.
    StoredFile file(String name, String text) throws IOException {
        StoredFile file = engine.relata()
                .fileService()
                .receive(call, name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        engine.relata().transactions().call(call, sql -> {
            engine.relata().fileService().add(sql, call, file);
            return engine.relata().fileService().texts().keep(sql, call.tenant(), file.id(), text);
        });
        return file;
    }

    UUID find(String wish) throws SQLException {
        PersonRequests persons = jobs.work().persons();
        UUID id = engine.relata().writer().transaction(call, tx -> persons.submit(tx, PersonWish.read(json(wish))));
        assertThat(jobs.run(call, persons.find(call, id).request().job()).state())
                .isEqualTo(Job.State.DONE);
        return id;
    }

    /// Returns what was found: kind, entity, name of the record, field, entries.
    List<String> found(UUID request) {
        return jobs.work().persons().findings(call, request, null, null, 1_000).stream()
                .map(one -> "%s %s %s %s %d%s"
                        .formatted(
                                one.finding().kind().code(),
                                one.entity(),
                                one.name(),
                                one.finding().field(),
                                one.finding().entries(),
                                one.deleted() ? " deleted" : ""))
                .toList();
    }
}
