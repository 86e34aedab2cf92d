package dev.halfwave.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static Buffer buffer(int floats, int first, int last) {
        Buffer buffer = Buffer.arena(floats, first);
        buffer.useUntil(last);
        return buffer;
    }

    @Test
    void buffersInUseAtTheSameTimeNeverShareMemory() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Buffer> buffers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int first = random.nextInt(40);
                buffers.add(buffer(random.nextInt(1, 500), first, first + random.nextInt(10)));
            }
            int length = MemoryPlan.place(buffers);
            for (Buffer a : buffers) {
                assertThat(a.offset() % 16)
                        .as("seed %d: starts on a cache line", seed)
                        .isEqualTo(12);
                assertThat(a.offset() + a.floats()).isLessThanOrEqualTo(length);
                for (Buffer b : buffers) {
                    boolean apart = a.offset() + a.floats() <= b.offset() || b.offset() + b.floats() <= a.offset();
                    assertThat(a == b || !a.overlaps(b) || apart)
                            .as("seed %d: %s and %s", seed, a, b)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aChainNeedsNoMoreThanTwoNeighbours() {
        List<Buffer> chain = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            chain.add(buffer(160, i, i + 1));
        }
        assertThat(MemoryPlan.place(chain)).isEqualTo(12 + 2 * 160);
    }

    @Test
    void moreThanOneArrayHoldsIsRefused() {
        List<Buffer> buffers = List.of(buffer(Integer.MAX_VALUE - 100, 0, 1), buffer(1000, 0, 1));
        assertThatThrownBy(() -> MemoryPlan.place(buffers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("memory plan: expected at most 8 GiB for one batch, received 8 GiB or more");
    }
}
