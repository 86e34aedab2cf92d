package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleCacheTest {
    private final List<Integer> made = new ArrayList<>();

    private byte[] make(int index) {
        made.add(index);
        return new byte[] {(byte) index};
    }

    @Test
    void makesEachSampleOnce() {
        SampleCache cache = new SampleCache(3, SampleCache.MOST_BYTES / 3, this::make);

        assertThat(cache.get(2)).containsExactly(2);
        assertThat(cache.get(0)).containsExactly(0);
        assertThat(cache.get(2)).containsExactly(2);
        assertThat(made).containsExactly(2, 0);
    }

    @Test
    void keepsNothingWhenAllWouldBeTooMuch() {
        SampleCache cache = new SampleCache(3, SampleCache.MOST_BYTES / 3 + 1, this::make);

        assertThat(cache.get(2)).containsExactly(2);
        assertThat(cache.get(2)).containsExactly(2);
        assertThat(made).containsExactly(2, 2);
    }
}
