package io.relata.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Files from being sent to being cleared away.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilesTest {

    private static final String ENTITY = """
            {"name": "c_paper", "label": {"en": "Paper"}, "pluralLabel": {"en": "Papers"}, "fields": [
              {"name": "c_name", "type": "text", "label": {"en": "Name"}},
              {"name": "c_file", "type": "file", "maxMegabytes": 1, "label": {"en": "File"}},
              {"name": "c_other", "type": "file", "label": {"en": "Other"}}]}
            """;

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private CallContext call;
    private Path folder;

    FilesTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path files) throws IOException, SQLException {
        folder = files;
        engine = TestEngine.start(postgres, files);
        jobs = TestJobs.of(engine);
        call = tenant("files");
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    private CallContext tenant(String slug) throws IOException, SQLException {
        CallContext member = jobs.member(slug);
        engine.relata().metadata().createEntity(member, new JsonMapper().readTree(ENTITY));
        return member;
    }

    @Test
    void keepsWhatWasSentAcrossARestart() throws IOException {
        StoredFile file = send("../../etc/合同\u202E\n.txt", "Hello");
        assertThat(file.name()).isEqualTo("合同.txt");
        assertThat(file.hash()).isEqualTo("185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969");
        RecordData paper = paper(Map.of("c_file", Map.of("id", file.id().toString(), "name", "forged.exe")));
        assertThat(paper.value("c_file")).isEqualTo(file.value());

        FileService after = new FileService(
                engine.relata().transactions(), new DiskStorage(folder.resolve("files")), engine.clock());
        FileService.Found found = after.find(call, file.id()).orElseThrow();
        assertThat(found.holders()).extracting(FileTable.Holder::record).containsExactly(paper.id());
        try (InputStream content = after.open(call, found.file(), 1)) {
            assertThat(content.readAllBytes()).asString().isEqualTo("ello");
        }
    }

    @Test
    void tellsWhatAFileIsByWhatIsInIt() throws IOException {
        assertThat(send("a.png", "<html><script>alert(1)</script>").contentType())
                .isEqualTo("text/html");
        assertThat(send("a.png", "<?xml version='1.0'?>\n<!-- x --><svg onload='alert(1)'/>")
                        .contentType())
                .isEqualTo("image/svg+xml");
        assertThat(send("a.txt", "%PDF-1.7").contentType()).isEqualTo("application/pdf");
        assertThat(send("a.csv", "a,b").contentType()).isEqualTo("text/csv");
        assertThat(send("a.html", "合同").contentType()).isEqualTo("text/plain");
        assertThat(send("a.txt", "\u0000\u0001").contentType()).isEqualTo(ContentTypes.UNKNOWN);
        assertThat(send("none", "").contentType()).isEqualTo(ContentTypes.UNKNOWN);
        assertThat(Stream.of("text/html", "image/svg+xml", ContentTypes.UNKNOWN, "application/zip"))
                .noneMatch(ContentTypes::canBeShown);
    }

    @Test
    void takesNoFileOfAnotherTenant() throws IOException, SQLException {
        StoredFile file = send("a.txt", "secret");
        CallContext other = tenant("files-other");
        assertThat(engine.relata().fileService().find(other, file.id())).isEmpty();
        assertThatThrownBy(() ->
                        engine.create(other, "c_paper", "c_file", file.id().toString()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.violations().getFirst().code())
                                .isEqualTo("file-missing"));
        assertThatThrownBy(() -> engine.relata().fileService().open(other, file, 0))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whoKnowsAFilesIdMayNotTakeIt() throws IOException, SQLException {
        CallContext owner = tenant("files-known");
        CallContext knowing = TestCalls.user(owner.tenant());
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name,"
                                + " created_at) values (?, ?, 'person', 'user', 'active', 'knowing', 'K', now())",
                        knowing.tenant(),
                        knowing.user());
        engine.relata().access().put(TestCalls.administrator(owner.tenant()), "roles", "narrow", role("own"));
        engine.relata()
                .access()
                .put(
                        TestCalls.administrator(owner.tenant()),
                        "users",
                        knowing.user().toString(),
                        (ObjectNode) new JsonMapper().readTree("{\"unit\":null,\"roles\":[\"narrow\"]}"));
        StoredFile file = sendFor(owner, "secret");
        String id = file.id().toString();
        refusesToTake(knowing, id);
        RecordData paper = engine.create(owner, "c_paper", "c_file", id);
        refusesToTake(knowing, id);
        engine.relata().access().put(TestCalls.administrator(owner.tenant()), "roles", "narrow", role("tenant"));
        assertThat(engine.create(knowing, "c_paper", "c_file", id).value("c_file"))
                .isEqualTo(file.value());
        assertThat(paper.value("c_file")).isEqualTo(file.value());
    }

    private static ObjectNode role(String read) throws IOException {
        return (ObjectNode) new JsonMapper()
                .readTree("{\"entities\":{\"*\":{\"read\":\"%s\",\"create\":\"own\"}}}".formatted(read));
    }

    private void refusesToTake(CallContext caller, String file) {
        assertThatThrownBy(() -> engine.create(caller, "c_paper", "c_file", file))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.violations())
                                .extracting(Violation::code)
                                .containsExactly("file-missing"));
    }

    @Test
    void keepsToTheLimits() throws IOException, SQLException {
        CallContext small = tenant("files-small");
        engine.database()
                .update(
                        "insert into control.file_limits (tenant_id, bytes, file_bytes) values (?, 10, 7)",
                        small.tenant());
        assertThatThrownBy(() -> receive(small, "x".repeat(8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.TOO_LARGE));
        TestFiles.add(engine, small, "a", "xxxxxxx".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> receive(small, "xxxx"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.detail()).isEqualTo("file-no-room"));
        assertThat(stored(small)).isEqualTo(1);
        StoredFile large = send("large", "x".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> paper(Map.of("c_file", large.id().toString())))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.violations().getFirst().code())
                                .isEqualTo("file-too-large"));
    }

    private StoredFile receive(CallContext context, String content) throws IOException {
        return engine.relata()
                .fileService()
                .receive(context, "a", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void clearsAwayWhatNobodyHas() throws IOException, SQLException {
        CallContext own = tenant("files-clear");
        StoredFile never = sendFor(own, "never");
        StoredFile first = sendFor(own, "first");
        StoredFile second = sendFor(own, "second");
        StoredFile deleted = sendFor(own, "deleted");
        RecordData paper = engine.create(own, "c_paper", "c_file", first.id().toString());
        RecordData gone = engine.create(own, "c_paper", "c_file", deleted.id().toString());
        engine.update(own, "c_paper", paper.id(), "c_file", second.id().toString());
        engine.relata().writer().delete(own, "c_paper", gone.id(), null);
        Path crashed = folder.resolve("files")
                .resolve(own.tenant().toString())
                .resolve("files")
                .resolve("ff")
                .resolve("00000000-0000-4000-8000-0000000000ff");
        Files.createDirectories(crashed.getParent());
        Files.writeString(crashed, "left by a crash");
        Files.setLastModifiedTime(
                crashed, FileTime.from(engine.clock().instant().minus(Duration.ofDays(3))));

        engine.clock().advance(FileService.WAITING.plusMinutes(1));
        engine.relata().clear();
        assertThat(exists(own, never)).isFalse();
        assertThat(Files.exists(crashed)).isFalse();
        assertThat(exists(own, first)).as("can be given back for a month").isTrue();
        engine.update(own, "c_paper", paper.id(), "c_file", first.id().toString());
        engine.clock().advance(FileService.KEPT.plusMinutes(1));
        engine.relata().clear();

        assertThat(exists(own, first)).isTrue();
        assertThat(exists(own, second)).isFalse();
        assertThat(exists(own, deleted)).as("a deleted record keeps its files").isTrue();
        RecordData back = engine.relata().writer().restore(own, "c_paper", gone.id());
        assertThat(back.value("c_file")).isEqualTo(deleted.value());
    }

    @Test
    void keepsAFileThatTwoRecordsHave() throws IOException {
        StoredFile file = send("shared.txt", "shared");
        RecordData one = paper(
                Map.of("c_file", file.id().toString(), "c_other", file.id().toString()));
        engine.update(call, "c_paper", one.id(), "c_file", null);
        engine.clock().advance(FileService.KEPT.plusDays(1));
        engine.relata().clear();
        assertThat(exists(call, file)).isTrue();
    }

    @Test
    void drawsImagesSmallAndUpright() throws IOException {
        byte[] plain = TestFiles.picture("jpg", 800, 400);
        for (int orientation = 1; orientation <= 8; orientation++) {
            StoredFile file = TestFiles.add(engine, call, "p.jpg", held(plain, orientation));
            assertThat(file.width()).isEqualTo(800);
            byte[] small = engine.relata().fileService().small(call, file).orElseThrow();
            assertThat(new String(small, StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(small));
            boolean lying = orientation >= 5;
            assertThat(image.getWidth()).isEqualTo(lying ? FileService.EDGE / 2 : FileService.EDGE);
            boolean right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
            boolean below = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
            int x = image.getWidth() * (right ? 3 : 1) / 4;
            int y = image.getHeight() * (below ? 3 : 1) / 4;
            assertThat(isRed(image.getRGB(x, y)))
                    .as("corner of %s", orientation)
                    .isTrue();
            assertThat(isRed(image.getRGB(image.getWidth() - 1 - x, image.getHeight() - 1 - y)))
                    .isFalse();
        }
    }

    @Test
    void decodesNoImageThatSaysItIsHuge() throws IOException {
        StoredFile bomb = TestFiles.add(engine, call, "bomb.png", hugePng());
        assertThat(bomb.contentType()).isEqualTo("image/png");
        assertThat(bomb.width()).isEqualTo(50_000);
        assertThat(engine.relata().fileService().small(call, bomb)).isEmpty();
        StoredFile broken = TestFiles.add(
                engine,
                call,
                "broken.png",
                ByteBuffer.allocate(8).putLong(0x89504e470d0a1a0aL).array());
        assertThat(broken.width()).isNull();
        assertThat(engine.relata().fileService().small(call, broken)).isEmpty();
    }

    private static boolean isRed(int rgb) {
        return (rgb >> 16 & 0xFF) > 128 && (rgb & 0xFF) < 128;
    }

    /// A JPEG with an Exif directory that has one entry.
    private static byte[] held(byte[] jpeg, int orientation) throws IOException {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xFFE1).putShort((short) 34).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.putShort((short) 0x4D4D).putShort((short) 42).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(exif.array());
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] hugePng() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(17);
        head.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(50_000).putInt(50_000);
        head.put((byte) 8).put((byte) 2).put((byte) 0).put((byte) 0).put((byte) 0);
        CRC32 crc = new CRC32();
        crc.update(head.array());
        ByteBuffer png = ByteBuffer.allocate(8 + 4 + 17 + 4);
        png.putLong(0x89504e470d0a1a0aL).putInt(13).put(head.array()).putInt((int) crc.getValue());
        return png.array();
    }

    private StoredFile send(String name, String content) throws IOException {
        return TestFiles.add(engine, call, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private StoredFile sendFor(CallContext context, String content) throws IOException {
        return TestFiles.add(engine, context, content + ".txt", content.getBytes(StandardCharsets.UTF_8));
    }

    private RecordData paper(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> all = new HashMap<>(values);
        all.put("c_name", UUID.randomUUID().toString());
        return engine.relata().writer().create(call, "c_paper", all);
    }

    private boolean exists(CallContext context, StoredFile file) throws IOException {
        boolean known = engine.relata().fileService().find(context, file.id()).isPresent();
        try (InputStream content = engine.relata().fileService().open(context, file, 0)) {
            assertThat(known).isTrue();
            return content.read() >= 0;
        } catch (NoSuchFileException gone) {
            assertThat(known).isFalse();
            return false;
        }
    }

    private long stored(CallContext context) throws IOException {
        try (Stream<Path> files = Files.walk(
                folder.resolve("files").resolve(context.tenant().toString()).resolve("files"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
