package io.relata.app.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteRangeTest {

    @Test
    void readsWhatPlayersAndDownloadersAsk() {
        assertThat(ByteRange.of(null, 10)).contains(new ByteRange(0, 9, true));
        assertThat(ByteRange.of("bytes=2-4", 10)).contains(new ByteRange(2, 4, false));
        assertThat(ByteRange.of("bytes=2-", 10)).contains(new ByteRange(2, 9, false));
        assertThat(ByteRange.of("bytes=2-99", 10)).contains(new ByteRange(2, 9, false));
        assertThat(ByteRange.of("bytes=-3", 10)).contains(new ByteRange(7, 9, false));
        assertThat(ByteRange.of("bytes=-30", 10)).contains(new ByteRange(0, 9, false));
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(ByteRange.of("bytes=10-", 10)).isEmpty();
        assertThat(ByteRange.of("bytes=4-2", 10)).isEmpty();
        assertThat(ByteRange.of("bytes=-0", 10)).isEmpty();
    }

    @Test
    void answersTheWholeToWhatItDoesNotKnow() {
        assertThat(ByteRange.of("bytes=0-1,3-4", 10)).contains(new ByteRange(0, 9, true));
        assertThat(ByteRange.of("bytes=-", 10)).contains(new ByteRange(0, 9, true));
        assertThat(ByteRange.of("lines=1-2", 10)).contains(new ByteRange(0, 9, true));
    }
}
