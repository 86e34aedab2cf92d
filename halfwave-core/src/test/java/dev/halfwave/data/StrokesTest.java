package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrokesTest {

    private static float[] read(Dataset dataset, int index) {
        float[] sample = new float[784];
        dataset.read(index, sample, 0);
        return sample;
    }

    private static List<float[]> readAll(Dataset dataset) {
        return IntStream.range(0, dataset.size())
                .mapToObj(i -> read(dataset, i))
                .toList();
    }

    /** Another hash here means other data than what results have been reported on. */
    @ParameterizedTest
    @CsvSource({
        "train, 0, 44b312efb95335a45e96b7765b59888e6985897d7e4ef930be5b67f9d7dfe044",
        "test, 0, 92b4ee7754c2926658e1f1a52bd6c1694da08734d33e39848fe787c6b281272a",
        "train, -7, d86a4a4a0b9bb90d5116beb22455b92e2e2b6aed2ba77cc5b0c243b704fc7620"
    })
    void bitsArePinned(String part, long seed, String sha256) throws NoSuchAlgorithmException {
        Dataset strokes = part.equals("train") ? Strokes.train(1000, seed) : Strokes.test(1000, seed);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < strokes.size(); i++) {
            digest.update((byte) strokes.label(i));
            for (float value : read(strokes, i)) {
                digest.update((byte) Math.round(value * 255));
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
    }

    @Test
    void looksLikeMnist() {
        Dataset strokes = Strokes.train(100, 0);

        assertThat(strokes.name()).isEqualTo("strokes train");
        assertThat(Strokes.test(1, 0).name()).isEqualTo("strokes test");
        assertThat(strokes.size()).isEqualTo(100);
        assertThat(strokes.sampleShape()).isEqualTo(Shape.of(28, 28, 1));
        assertThat(strokes.classes()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 1L << 50})
    void everyTenHoldEachDigitOnce(long seed) {
        Dataset strokes = Strokes.test(57, seed);
        for (int begin = 0; begin < 50; begin += 10) {
            assertThat(IntStream.range(begin, begin + 10).map(strokes::label).sorted())
                    .as("seed %d", seed)
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void aSampleDependsOnSeedPartAndIndexOnly() {
        Dataset small = Strokes.train(13, 5);
        Dataset large = Strokes.train(1_000_000, 5);
        for (int i = 12; i >= 0; i--) {
            assertThat(small.label(i)).isEqualTo(large.label(i));
            assertThat(read(small, i)).isEqualTo(read(large, i)).isEqualTo(read(small, i));
        }
        assertThat(read(Strokes.train(1, 6), 0)).isNotEqualTo(read(small, 0));
        assertThat(read(Strokes.test(1, 5), 0)).isNotEqualTo(read(small, 0));
    }

    @Test
    void noTwoSamplesAreAlikeWithinOrBetweenParts() {
        Set<String> different = new HashSet<>();
        for (Dataset part : List.of(Strokes.train(1000, 0), Strokes.test(1000, 0), Strokes.train(1000, 1))) {
            readAll(part).forEach(sample -> different.add(Arrays.toString(sample)));
        }
        assertThat(different).hasSize(3000);
    }

    @Test
    void readingFromSeveralThreadsChangesNothing() throws InterruptedException {
        Dataset shared = Strokes.train(400, 3);
        List<List<float[]>> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                List<float[]> all = readAll(shared);
                synchronized (seen) {
                    seen.add(all);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<float[]> expected = readAll(Strokes.train(400, 3));
        assertThat(seen).hasSize(4).allSatisfy(all -> {
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i)).as("sample %d", i).isEqualTo(expected.get(i));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void everyDigitIsDrawnBrightlyAndInTheMiddle(long seed) {
        Dataset strokes = Strokes.train(500, seed);
        for (int i = 0; i < strokes.size(); i++) {
            float[] sample = read(strokes, i);
            double ink = 0;
            double border = 0;
            float brightest = 0;
            for (int k = 0; k < 784; k++) {
                assertThat(sample[k]).isBetween(0f, 1f);
                ink += sample[k];
                brightest = Math.max(brightest, sample[k]);
                if (k < 28 || k >= 756 || k % 28 == 0 || k % 28 == 27) {
                    border = Math.max(border, sample[k]);
                }
            }
            assertThat(ink).as("seed %d, sample %d", seed, i).isBetween(15.0, 300.0);
            assertThat(brightest).as("seed %d, sample %d", seed, i).isGreaterThan(0.5f);
            assertThat(border)
                    .as("noise at the border, seed %d, sample %d", seed, i)
                    .isLessThan(0.5);
        }
    }

    /**
     * Neither noise nor a toy: the nearest class mean is right far more often than chance, and far less often than
     * always.
     */
    @Test
    void theNearestMeanIsOftenButNotAlwaysRight() {
        Dataset train = Strokes.train(5000, 0);
        float[][] means = new float[10][784];
        for (int i = 0; i < train.size(); i++) {
            float[] sample = read(train, i);
            for (int k = 0; k < 784; k++) {
                means[train.label(i)][k] += sample[k] / 500;
            }
        }
        Dataset test = Strokes.test(2000, 0);
        int right = 0;
        for (int i = 0; i < test.size(); i++) {
            float[] sample = read(test, i);
            int nearest = 0;
            for (int c = 1; c < 10; c++) {
                nearest = distance(sample, means[c]) < distance(sample, means[nearest]) ? c : nearest;
            }
            right += nearest == test.label(i) ? 1 : 0;
        }
        assertThat(right).isBetween(2000 * 60 / 100, 2000 * 85 / 100);
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }

    @Test
    void refusesSamplesAndSizesThatAreNone() {
        assertThatThrownBy(() -> Strokes.train(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("strokes train: expected a size of 1 or more, received 0");
        assertThatThrownBy(() -> Strokes.test(-1, 0))
                .hasMessage("strokes test: expected a size of 1 or more, received -1");
        assertThatThrownBy(() -> read(Strokes.train(5, 0), 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Strokes.train(5, 0).label(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
