package io.relata.core.metadata.type;

import org.owasp.html.Encoding;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// The HTML that formatted texts consist of: what an editor makes, and nothing that runs, loads or covers something.
final class Html {

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowCommonBlockElements()
            .allowCommonInlineFormattingElements()
            .allowElements("pre", "hr", "a", "table", "thead", "tbody", "tr", "th", "td")
            .allowAttributes("colspan", "rowspan")
            .onElements("th", "td")
            .allowUrlProtocols("https", "http", "mailto", "tel")
            .allowAttributes("href")
            .onElements("a")
            .requireRelsOnLinks("noopener", "noreferrer", "nofollow")
            .toFactory();

    private static final PolicyFactory NOTHING = new HtmlPolicyBuilder().toFactory();

    private Html() {}

    /// Returns what there is to read, without the formatting.
    static String plain(String html) {
        String lines = html.replaceAll("(?i)</(p|div|li|h[1-6]|tr|blockquote)>|<br */?>", "$0\n");
        return Encoding.decodeHtml(NOTHING.sanitize(lines), false).strip();
    }

    /// Returns the text with everything taken out that is not allowed; empty when nothing is left to read.
    static String clean(String html) {
        String clean = POLICY.sanitize(html);
        return NOTHING.sanitize(clean).isBlank() && !clean.contains("<hr") ? "" : clean;
    }
}
