package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LoaderTest {

    /** Copies of all batches of an epoch from one on. */
    private static List<Batch> read(Loader loader, int epoch, int first) {
        List<Batch> all = new ArrayList<>();
        try (Batches batches = loader.epoch(epoch, first)) {
            while (batches.hasNext()) {
                assertThat(batches.position()).isEqualTo(first + all.size());
                Batch batch = batches.next();
                all.add(new Batch(batch.images().copy(), batch.labels().copy()));
            }
        }
        return all;
    }

    @Test
    void withoutShufflingTheOrderIsTheDatasets() {
        List<Batch> batches = read(Loader.of(Numbered.of(5), 2), 3, 0);

        assertThat(batches)
                .containsExactly(
                        new Batch(Tensor.of(Shape.of(2, 1, 2, 1), 0, 0, 1, 7), Tensor.of(Shape.of(2), 0, 7)),
                        new Batch(Tensor.of(Shape.of(2, 1, 2, 1), 2, 4, 3, 1), Tensor.of(Shape.of(2), 4, 1)),
                        new Batch(Tensor.of(Shape.of(1, 1, 2, 1), 4, 8), Tensor.of(Shape.of(1), 8)));
        assertThat(batches.get(2).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "7, 1", "7, 7", "7, 8", "100, 7", "100, 10", "101, 10", "99, 10"})
    void fillingAheadChangesNoBit(int size, int batchSize) {
        for (long seed = 0; seed < 5; seed++) {
            Loader plain =
                    Loader.of(Numbered.of(size), batchSize).shuffled(seed).ahead(0);
            assertThat(plain.batches()).isEqualTo((size + batchSize - 1) / batchSize);
            for (int first = 0; first <= plain.batches(); first++) {
                List<Batch> expected = read(plain, 2, 0).subList(first, plain.batches());
                assertThat(read(plain, 2, first))
                        .as("seed %d, from batch %d", seed, first)
                        .isEqualTo(expected);
                for (int ahead = 1; ahead < 5; ahead++) {
                    assertThat(read(plain.ahead(ahead), 2, first))
                            .as("seed %d, from batch %d, %d ahead", seed, first, ahead)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -5, 1L << 40})
    void shuffledEpochsDifferAndHoldEverySampleOnce(long seed) {
        Loader loader = Loader.of(Numbered.of(100), 30).shuffled(seed);
        Set<List<Float>> orders = new HashSet<>();
        for (int epoch = 0; epoch < 4; epoch++) {
            List<Float> order = new ArrayList<>();
            for (Batch batch : read(loader, epoch, 0)) {
                IntStream.range(0, batch.size())
                        .forEach(i -> order.add(batch.images().at(i, 0, 0, 0)));
            }
            assertThat(order).as("seed %d", seed).doesNotHaveDuplicates().hasSize(100);
            orders.add(order);
        }
        assertThat(orders).as("seed %d", seed).hasSize(4);
    }

    @Test
    void buffersAreUsedAgain() {
        Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        try (Batches batches = Loader.of(Numbered.of(1001), 10).epoch(0)) {
            while (batches.hasNext()) {
                arrays.add(batches.next().images().data());
            }
        }
        assertThat(arrays).as("three in the ring and the smaller last one").hasSize(4);
    }

    @Test
    void aBatchStaysUntilTheNextIsAskedFor() throws InterruptedException {
        AtomicInteger reads = new AtomicInteger();
        Dataset counting = new Numbered(1, new int[100]) {
            @Override
            public void read(int index, float[] into, int offset) {
                super.read(index, into, offset);
                reads.incrementAndGet();
            }
        };
        try (Batches batches = Loader.of(counting, 10).epoch(0)) {
            Batch batch = batches.next();
            while (reads.get() < 30) {
                Thread.onSpinWait();
            }
            Thread.sleep(20); // time to go wrong
            assertThat(reads).as("the batch in hand and two ahead").hasValue(30);
            assertThat(batch.images().at(0, 0, 0, 0)).isEqualTo(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void whatReadThrowsArrivesUnchangedAndInItsTurn(int ahead) {
        for (Throwable thrown :
                List.of(new UnsupportedOperationException("sample 25"), new StackOverflowError("deep"))) {
            Dataset failing = new Numbered(1, new int[100]) {
                @Override
                public void read(int index, float[] into, int offset) {
                    if (index == 25 && thrown instanceof RuntimeException e) {
                        throw e;
                    }
                    if (index == 25 && thrown instanceof Error e) {
                        throw e;
                    }
                }
            };
            try (Batches batches = Loader.of(failing, 10).ahead(ahead).epoch(0)) {
                assertThat(batches.next().size()).isEqualTo(10);
                assertThat(batches.next().size()).isEqualTo(10);
                assertThatThrownBy(batches::next).isSameAs(thrown);
                assertThatThrownBy(batches::next).as("asked again").isSameAs(thrown);
            }
        }
    }

    @Test
    void closingStopsTheThreadWithinASample() {
        CountDownLatch reading = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicInteger reads = new AtomicInteger();
        Dataset slow = new Numbered(1, new int[1000]) {
            @Override
            public void read(int index, float[] into, int offset) {
                thread.set(Thread.currentThread());
                reads.incrementAndGet();
                reading.countDown();
                LockSupport.parkNanos(1_000_000);
            }
        };
        Batches batches = Loader.of(slow, 1000).epoch(0);
        awaitUninterrupted(reading);
        batches.close();

        assertThat(thread.get().isAlive()).isFalse();
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().getName()).isEqualTo("halfwave-batches");
        assertThat(reads.get()).isLessThan(1000);
        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("batches: already closed");
        batches.close();
    }

    @Test
    void closingStopsAThreadThatWaitsForRoom() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Dataset observed = new Numbered(1, new int[1000]) {
            @Override
            public void read(int index, float[] into, int offset) {
                thread.set(Thread.currentThread());
            }
        };
        Batches batches = Loader.of(observed, 1).epoch(0);
        while (thread.get() == null || thread.get().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        batches.close();

        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void interruptingTheConsumerEndsItsWait() {
        CountDownLatch go = new CountDownLatch(1);
        Dataset stuck = new Numbered(1, new int[10]) {
            @Override
            public void read(int index, float[] into, int offset) {
                awaitUninterrupted(go);
            }
        };
        try (Batches batches = Loader.of(stuck, 5).epoch(0)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(batches::next)
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("batches: interrupted while waiting for batch 0");
            assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
            go.countDown();
        }
    }

    @Test
    void endsWithNoSuchElement() {
        try (Batches batches = Loader.of(Numbered.of(3), 2).epoch(0, 2)) {
            assertThat(batches.hasNext()).isFalse();
            assertThatThrownBy(batches::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("batches: the epoch has no more than 2");
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        Dataset ten = Numbered.of(10);
        assertThatThrownBy(() -> Loader.of(ten, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loader: expected a batch size of 1 or more, received 0");
        assertThatThrownBy(() -> Loader.of(ten, 3).ahead(65))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loader: expected 0 to 64 batches ahead, received 65");
        assertThatThrownBy(() -> Loader.of(ten, 3).epoch(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loader: expected an epoch of 0 or more, received -1");
        assertThatThrownBy(() -> Loader.of(ten, 3).epoch(0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loader: expected a first batch from 0 to 4, received 5");
    }

    @Test
    void refusesBatchesThatFitNoTensor() {
        Dataset large = new Numbered(1, new int[1000]) {
            @Override
            public Shape sampleShape() {
                return Shape.of(1000, 1000, 3);
            }
        };
        assertThatThrownBy(() -> Loader.of(large, 900))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "loader: expected a batch that fits one tensor, received 900 samples of shape [1000, 1000, 3];"
                                + " use a smaller batch size");
    }

    @Test
    void batchesHaveImagesAndAsManyLabels() {
        assertThatThrownBy(() -> new Batch(Tensor.zeros(Shape.of(2, 3, 3, 1)), Tensor.zeros(Shape.of(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch: expected images [N, H, W, C] and labels [N], received [2, 3, 3, 1] and [3]");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new CancellationException("the test was interrupted");
        }
    }
}
