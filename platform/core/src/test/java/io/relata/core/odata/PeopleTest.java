package io.relata.core.odata;

import static io.relata.core.query.TestEntities.DEAL;
import static io.relata.core.query.TestEntities.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What people read is ordered as they read, and found as they type.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleTest {

    private final UUID tenant = UUID.randomUUID();
    private ODataWorld odata;
    private CallContext english;
    private CallContext chinese;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        english = odata.world().context(tenant);
        chinese = odata.world().context(tenant, Locale.forLanguageTag("zh-CN"));
        for (String name : List.of("张伟", "apple", "重庆公司", "Zebra", "阿里", "Äpfel", "北京星河", "banana")) {
            odata.world().insert(tenant, REGION, Map.of("name", name));
        }
        odata.world().insert(tenant, DEAL, Map.of("name", "GTX 500 Pro", "notes", "北京的客户, 50% off_now \\ done"));
        odata.world().insert(tenant, DEAL, Map.of("name", "Café MÜNCHEN", "notes", "second"));
        odata.world().insert(tenant, DEAL, Map.of("name", "Plain", "code", "GTX 500 in a field that is not searched"));
    }

    @Test
    void sortsChineseByPinyin() {
        assertThat(odata.names(chinese, "regions", "$orderby", "name").stream().filter(PeopleTest::isChinese))
                .containsExactly("阿里", "北京星河", "重庆公司", "张伟");
    }

    @Test
    void sortsLettersAsWordsAreSorted() {
        assertThat(odata.names(english, "regions", "$orderby", "name").subList(0, 4))
                .containsExactly("Äpfel", "apple", "banana", "Zebra");
        assertThat(odata.names(english, "regions", "$orderby", "name desc").subList(4, 8))
                .containsExactly("Zebra", "banana", "apple", "Äpfel");
    }

    @Test
    void findsBeginningsOfWordsInAnyCase() {
        assertThat(search("gtx")).containsExactly("GTX 500 Pro");
        assertThat(search("500 pro")).containsExactly("GTX 500 Pro");
        assertThat(search("münchen CAFÉ")).containsExactly("Café MÜNCHEN");
        assertThat(search("gtx second")).isEmpty();
    }

    @Test
    void findsOneAndTwoChineseCharacters() {
        assertThat(search("京")).containsExactly("GTX 500 Pro");
        assertThat(search("北京")).containsExactly("GTX 500 Pro");
        assertThat(search("\"北京的客户\"")).containsExactly("GTX 500 Pro");
        assertThat(search("京北")).isEmpty();
    }

    @Test
    void takesWildcardsAsTheyStand() {
        assertThat(search("50%")).containsExactly("GTX 500 Pro");
        assertThat(search("off%now")).containsExactly("GTX 500 Pro");
        assertThat(search("off%later")).isEmpty();
        assertThat(search("%")).isEmpty();
        assertThat(search("'")).isEmpty();
    }

    @Test
    void understandsOperators() {
        assertThat(search("gtx OR second")).containsExactlyInAnyOrder("GTX 500 Pro", "Café MÜNCHEN");
        assertThat(search("NOT gtx")).containsExactlyInAnyOrder("Café MÜNCHEN", "Plain");
        assertThat(search("gtx AND off")).containsExactly("GTX 500 Pro");
        assertThat(search("")).hasSize(3);
    }

    private List<String> search(String text) {
        return odata.names(english, "deals", "$search", text);
    }

    private static boolean isChinese(String text) {
        return Character.UnicodeScript.of(text.codePointAt(0)) == Character.UnicodeScript.HAN;
    }
}
