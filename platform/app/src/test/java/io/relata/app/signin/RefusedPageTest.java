package io.relata.app.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.app.identity.Languages;
import io.relata.core.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedPageTest {

    private final RefusedPage page = new RefusedPage();

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void saysWhyInBothLanguagesWithoutScript(Refusal refusal) {
        String html = page.render(refusal, "", Languages.ENGLISH);
        assertThat(html)
                .contains("<section lang=\"en\">", "<section lang=\"zh-CN\">")
                .doesNotContain("<script", "{title}", "{text}", "{who}", "{again}", "{switch}", "{sections}", "src=")
                .contains("action=\"/auth/switch-account\"");
    }

    @Test
    void putsTheReadersLanguageFirst() {
        String html = page.render(Refusal.SUSPENDED, "", Languages.CHINESE);
        assertThat(html).startsWith("<!doctype html>\n<html lang=\"zh-CN\">");
        assertThat(html.indexOf("lang=\"zh-CN\">\n<h2>")).isLessThan(html.indexOf("lang=\"en\">\n<h2>"));
    }

    @Test
    void showsNamesAsTextWhateverTheyContain() {
        String html = page.render(Refusal.NO_TENANT, "<b>{title}\"&</b>", Languages.ENGLISH);
        assertThat(html).contains("&lt;b&gt;&#123;title}&quot;&amp;&lt;/b&gt;").doesNotContain("<b>");
    }

    @Test
    void takesUnknownReasonsForAFailedSignIn() {
        assertThat(Refusal.named("suspended")).isEqualTo(Refusal.SUSPENDED);
        assertThat(Refusal.named("no-tenant")).isEqualTo(Refusal.NO_TENANT);
        assertThat(Refusal.named("<script>")).isEqualTo(Refusal.FAILED);
        assertThat(Refusal.named(null)).isEqualTo(Refusal.FAILED);
    }

    @Test
    void knowsWhichRefusalShowsWhichPage() {
        assertThat(Refusal.of(ProblemCode.TENANT_SUSPENDED).page()).isEqualTo("/auth/refused?reason=suspended");
        assertThat(Refusal.of(ProblemCode.MEMBERSHIP_REMOVED).page()).isEqualTo("/auth/refused?reason=removed");
    }
}
