package io.relata.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestClock;
import io.relata.core.TestPlatform;
import io.relata.core.metadata.Solution;
import io.relata.core.plugin.sample.ClosingHook;
import io.relata.core.plugin.sample.CuriousHook;
import io.relata.core.plugin.sample.DemandingHook;
import io.relata.core.plugin.sample.IntrudingHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginServiceTest {

    @TempDir
    private Path folder;

    @Test
    void offersHooksAndSolutionsOfTheTenantsPluginsOnly() throws IOException {
        TestSolution.jar().extension(ClosingHook.class).write(folder);

        try (PluginService plugins = start()) {
            assertThat(plugins.plugins()).extracting(PluginStatus::works).containsExactly(true);
            assertThat(plugins.hooks("deal", Set.of("test"))).hasSize(1);
            assertThat(plugins.hooks("company", Set.of("test"))).isEmpty();
            assertThat(plugins.hooks("deal", Set.of())).isEmpty();
            assertThat(plugins.solutions(Set.of("test")))
                    .extracting(Solution::key)
                    .containsExactly("test");
            assertThat(plugins.solutions(Set.of())).isEmpty();
        }
    }

    @Test
    void showsPluginsTheContractAndNothingElse() throws IOException {
        new PluginJar("curious").extension(CuriousHook.class).write(folder);

        try (PluginService plugins = start()) {
            assertThat(plugins.hooks("false false true true true true", Set.of("curious")))
                    .hasSize(1);
        }
    }

    @Test
    void setsTheContextClassLoaderBackAfterACall() throws IOException {
        new PluginJar("curious").extension(CuriousHook.class).write(folder);
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        try (PluginService plugins = start()) {
            assertThat(plugins.plugins().getFirst().calls()).isEqualTo(1);
        }

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void keepsWorkingBesideBrokenPlugins() throws IOException {
        TestSolution.writeTo(folder);
        new PluginJar("intruding").extension(IntrudingHook.class).write(folder);
        new PluginJar("demanding").extension(DemandingHook.class).write(folder);
        new PluginJar("absent")
                .file("META-INF/extensions.idx", "io.nowhere.Hook")
                .write(folder);
        new PluginJar("unsolved").solution(", \"wrong\": 1").write(folder);
        new PluginJar("twin")
                .solution(TestSolution.MEMBERS)
                .entity("company", TestSolution.COMPANY)
                .entity("deal", TestSolution.DEAL)
                .write(folder);
        Files.writeString(folder.resolve("garbage.jar"), "no jar");

        try (PluginService plugins = start()) {
            assertThat(plugins.plugins())
                    .filteredOn(PluginStatus::works)
                    .extracting(PluginStatus::id)
                    .containsExactly("test");
            assertThat(reason(plugins, "intruding.jar")).contains("ProblemCode");
            assertThat(reason(plugins, "demanding.jar")).contains("taking Platform");
            assertThat(reason(plugins, "absent.jar")).contains("io.nowhere.Hook");
            assertThat(reason(plugins, "unsolved.jar")).contains("at wrong");
            assertThat(reason(plugins, "twin.jar")).contains("company");
            assertThat(reason(plugins, "garbage.jar")).isNotBlank();
        }
    }

    @Test
    void speaksThePluginsOwnTexts() throws IOException {
        TestSolution.jar()
                .extension(ClosingHook.class)
                .file("solution/messages.properties", "refused=Not with us.")
                .file("solution/messages_zh_CN.properties", "refused=不接受。")
                .write(folder);

        try (PluginService plugins = start()) {
            PluginHook hook = plugins.hooks("deal", Set.of("test")).getFirst();
            assertThat(hook.texts().text(Locale.ENGLISH, "refused")).isEqualTo("Not with us.");
            assertThat(hook.texts().text(Locale.SIMPLIFIED_CHINESE, "refused")).isEqualTo("不接受。");
        }
    }

    private PluginService start() {
        return PluginService.start(folder, new TestPlatform(new TestClock()));
    }

    private static String reason(PluginService plugins, String file) {
        List<String> reasons = plugins.plugins().stream()
                .filter(plugin -> plugin.id().equals(file))
                .map(plugin -> String.valueOf(plugin.problem()))
                .toList();
        assertThat(reasons).hasSize(1);
        return reasons.getFirst();
    }
}
