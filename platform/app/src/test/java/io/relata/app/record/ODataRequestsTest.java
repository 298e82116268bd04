package io.relata.app.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ODataRequestsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/api/v1/data/%24metadata, /api/v1/data/$metadata",
                "/api/v1/data/accounts/%24count, /api/v1/data/accounts/$count",
                "/api/v1/data/accounts%281%29, /api/v1/data/accounts(1)",
                "/api/v1/data/accounts%281%29/Relata.restore, /api/v1/data/accounts(1)/Relata.restore",
                "/api/v1/data/accounts(name='a%28b%29'), /api/v1/data/accounts(name='a%28b%29')",
                "/api/v1/data/accounts(name='a%2F%24b'), /api/v1/data/accounts(name='a%2F%24b')",
                "/api/v1/data/a%25ccounts, /api/v1/data/a%25ccounts"
            })
    void decodesWhatDividesAnAddressAndLeavesValuesAlone(String sent, String read) {
        assertThat(ODataRequests.plain(sent)).isEqualTo(read);
    }
}
