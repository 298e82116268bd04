package io.relata.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.file.StoredFile;
import io.relata.core.file.TestFiles;
import io.relata.core.job.Job;
import io.relata.core.metadata.Edit;
import io.relata.core.search.SearchResult.Snippet;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Records are found by what their files say.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FileSearchTest {

    private static final String PAPER = "c_paper";

    private final LocalPostgres postgres;
    private SearchWorld world;

    FileSearchTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        world = SearchWorld.start(postgres, folder);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private CallContext tenant(String slug) throws IOException, SQLException {
        CallContext call = world.jobs().member(slug);
        world.engine().relata().metadata().createEntity(call, new JsonMapper().readTree("""
                {"name": "c_paper", "label": {"en": "Paper"}, "pluralLabel": {"en": "Papers"}, "fields": [
                  {"name": "c_name", "type": "text", "label": {"en": "Name"}},
                  {"name": "c_file", "type": "file", "searchable": true, "label": {"en": "File"}},
                  {"name": "c_draft", "type": "file", "label": {"en": "Draft"}}]}
                """));
        return call;
    }

    @Test
    void findsTheWordsInFiles() throws IOException, SQLException {
        CallContext call = tenant("words");
        paper(call, "Lease", file(call, "lease.pdf", pdf("The warehouse in Rotterdam is let until March")));
        paper(call, "租约", file(call, "a.txt", text("仓库租赁合同，鹿特丹")));
        paper(call, "Picture", file(call, "a.png", TestFiles.picture("png", 10, 10)));
        assertThat(world.names(call, "rotterdam")).as("before it was read").isEmpty();
        read();
        assertThat(world.names(call, "rotterdam")).containsExactly("Lease");
        assertThat(world.names(call, "lease rotterdam wareh"))
                .as("one word in the name, others in the file")
                .containsExactly("Lease");
        assertThat(world.names(call, "租赁")).containsExactly("租约");
        assertThat(world.find(call, "Rotterdam")
                        .groups()
                        .getFirst()
                        .hits()
                        .getFirst()
                        .snippet())
                .isInstanceOfSatisfying(Snippet.class, snippet -> {
                    assertThat(snippet.field().name()).isEqualTo("c_file");
                    assertThat(snippet.text()).contains("warehouse in Rotterdam");
                });
    }

    @Test
    void followsTheFilesOfARecord() throws IOException, SQLException {
        CallContext call = tenant("follow");
        StoredFile second = file(call, "b.txt", text("bilberries"));
        UUID id = paper(call, "Fruit", file(call, "a.txt", text("apricots")));
        read();
        TestEngine engine = world.engine();
        engine.update(call, PAPER, id, "c_name", "Fruits");
        assertThat(world.names(call, "apricots")).containsExactly("Fruits");
        engine.update(call, PAPER, id, "c_file", second.id().toString());
        assertThat(world.names(call, "apricots")).as("at once").isEmpty();
        read();
        assertThat(world.names(call, "bilberries")).containsExactly("Fruits");
        engine.relata().writer().delete(call, PAPER, id, null);
        assertThat(world.names(call, "bilberries")).isEmpty();
        engine.relata().writer().restore(call, PAPER, id);
        read();
        assertThat(world.names(call, "bilberries")).containsExactly("Fruits");
        engine.update(call, PAPER, id, "c_file", null);
        read();
        assertThat(world.names(call, "bilberries")).isEmpty();
    }

    @Test
    void readsWhatIsThereWhenAFieldBecomesSearchable() throws IOException, SQLException {
        CallContext call = tenant("later");
        StoredFile file = file(call, "c.txt", text("cloudberries"));
        world.engine()
                .create(call, PAPER, "c_name", "Later", "c_draft", file.id().toString());
        read();
        assertThat(world.names(call, "cloudberries")).isEmpty();
        mark(call, true);
        read();
        assertThat(world.names(call, "cloudberries")).containsExactly("Later");
        mark(call, false);
        assertThat(world.names(call, "cloudberries")).isEmpty();
    }

    @Test
    void readsAFileOnceAndAgainWhereSomebodyStopped() throws IOException, SQLException {
        CallContext call = tenant("once");
        StoredFile file = file(call, "d.txt", text("damsons"));
        paper(call, "One", file);
        world.engine()
                .relata()
                .transactions()
                .call(call, sql -> world.engine().relata().fileService().texts().take(sql, call.tenant(), 10));
        read();
        assertThat(world.names(call, "damsons")).as("somebody else has it").isEmpty();
        world.engine()
                .database()
                .update(
                        "update relata.file_use set to_read = now() - interval '1 s' where tenant_id = ?",
                        call.tenant());
        read();
        paper(call, "Two", file);
        world.engine()
                .database()
                .update("update relata.file_text set text = 'elderberries' where tenant_id = ?", call.tenant());
        read();
        assertThat(world.names(call, "damsons")).containsExactly("One");
        assertThat(world.names(call, "elderberries")).as("from what was kept").containsExactly("Two");
    }

    private void mark(CallContext call, boolean searchable) throws IOException, SQLException {
        world.jobs().work().plans().now(call, "Search", Edit.changes(new JsonMapper().readTree("""
                        [{"op": "change", "component": "c_paper.c_draft", "value": {"searchable": %s}}]
                        """.formatted(
                                searchable))));
        world.jobs().work().search().ensure(call.tenant());
        Job job = world.jobs().work().jobs().newest(call, SearchKind.CODE).getFirst();
        assertThat(world.jobs().run(call, job).state()).isEqualTo(Job.State.DONE);
    }

    private void read() {
        boolean more = true;
        while (more) {
            more = world.jobs().work().files().look();
        }
    }

    private UUID paper(CallContext call, String name, StoredFile file) {
        return world.engine()
                .create(call, PAPER, "c_name", name, "c_file", file.id().toString())
                .id();
    }

    private StoredFile file(CallContext call, String name, byte[] content) throws IOException {
        return TestFiles.add(world.engine(), call, name, content);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pdf(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            for (String line : List.of(text, "Second page")) {
                PDPage page = new PDPage();
                document.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                    content.newLineAtOffset(72, 700);
                    content.showText(line);
                    content.endText();
                }
            }
            document.save(out);
        }
        return out.toByteArray();
    }
}
