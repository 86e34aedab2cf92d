package dev.halfwave.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.kernel.Algorithm;
import dev.halfwave.kernel.AlgorithmChoice;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvPass;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.tensor.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who wins, and what is remembered; time is what kernels say that passed. */
class TuningTest {
    private static final ConvPass PASS = pass(ConvPass.Direction.FORWARD);

    private final AtomicLong clock = new AtomicLong();
    private final WorkerPool pool = new WorkerPool(1);
    private final List<String> reports = new ArrayList<>();

    @TempDir
    private Path directory;

    private static ConvPass pass(ConvPass.Direction direction) {
        Window window = Window.of(1, 1);
        return new ConvPass(direction, new ConvGeometry(1, 2, 2, 1, 1, window, window, 1));
    }

    private Tuning tuning(Path file) {
        return new Tuning(new TuningFile(file), new Race(pool, clock::get), reports::add);
    }

    private Tuning inMemory() {
        return new Tuning(null, new Race(pool, clock::get), reports::add);
    }

    private FakeKernel kernel(String name, long nanos) {
        return new FakeKernel(name, clock, nanos);
    }

    private static String chosen(AlgorithmChoice choice, FakeKernel... kernels) {
        return choice.of(PASS, algorithms(kernels)).algorithm();
    }

    private static List<Algorithm> algorithms(FakeKernel... kernels) {
        return Stream.of(kernels).map(FakeKernel::algorithmOfIt).toList();
    }

    @ParameterizedTest
    @CsvSource({"949_000, other", "951_000, first", "1_000_000, first", "1_100_000, first", "10, other"})
    void anotherHasToBeFivePercentFasterThanTheFirst(String nanos, String winner) {
        FakeKernel other = kernel("other", Long.parseLong(nanos.replace("_", "")));
        assertThat(chosen(inMemory(), kernel("first", 1_000_000), other)).isEqualTo(winner + ", measured");
    }

    @Test
    void theFastestOfSeveralWins() {
        assertThat(chosen(inMemory(), kernel("first", 9000), kernel("b", 5000), kernel("c", 4000), kernel("d", 6000)))
                .isEqualTo("c, measured");
    }

    @Test
    void theFirstThatWasSlowForAWhileStays() {
        FakeKernel other = kernel("other", 500_000);
        FakeKernel third = kernel("third", 900_000);
        AtomicInteger seen = new AtomicInteger();
        // slow as long as all three take turns, which is until the other one has won once
        FakeKernel first = new FakeKernel(
                "first", clock, 0, () -> seen.getAndSet(third.runs()) == third.runs() ? 400_000 : 2_000_000);
        assertThat(chosen(inMemory(), first, other, third)).isEqualTo("first, measured");
    }

    @Test
    void whatBecomesFasterIsWarmedUpFirst() {
        AtomicInteger runs = new AtomicInteger();
        FakeKernel compiled = new FakeKernel(
                "compiled", clock, 0, () -> Math.max(1000, 900_000_000L >> Math.min(40, runs.getAndIncrement())));
        assertThat(chosen(inMemory(), kernel("first", 2000), compiled)).isEqualTo("compiled, measured");
    }

    @Test
    void aFewInterruptionsChangeNothing() {
        AtomicInteger runs = new AtomicInteger();
        FakeKernel other =
                new FakeKernel("other", clock, 0, () -> runs.incrementAndGet() % 4 == 0 ? 50_000_000 : 1_000_000);
        assertThat(chosen(inMemory(), kernel("first", 2_000_000), other)).isEqualTo("other, measured");
    }

    @Test
    void theBudgetIsKept() {
        Tuning tuning = inMemory();
        FakeKernel[] kernels = {kernel("first", 900_000), kernel("b", 700_000), kernel("c", 600_000)};
        chosen(tuning, kernels); // the first time takes longer
        long before = clock.get();
        tuning.of(
                new ConvPass(
                        ConvPass.Direction.FORWARD,
                        new ConvGeometry(2, 2, 2, 1, 1, Window.of(1, 1), Window.of(1, 1), 1)),
                algorithms(kernels));
        assertThat(clock.get() - before).isBetween(50_000_000L, 150_000_000L);
    }

    @Test
    void packingCountsWhereFiltersChange() {
        FakeKernel first = kernel("first", 1_000_000);
        FakeKernel packing = new FakeKernel("packing", clock, 800_000, () -> 700_000);
        assertThat(chosen(inMemory(), first, packing)).isEqualTo("first, measured");
        assertThat(chosen(inMemory().keepingFilters(), first, packing)).isEqualTo("packing, measured");
        ConvPass filters = pass(ConvPass.Direction.BACKWARD_FILTERS); // packs the gradient, which is never kept
        assertThat(inMemory()
                        .keepingFilters()
                        .of(filters, algorithms(first, packing))
                        .algorithm())
                .isEqualTo("first, measured");
    }

    @Test
    void bothWaysToCountAreRememberedApart() {
        Tuning tuning = inMemory();
        FakeKernel first = kernel("first", 1_000_000);
        FakeKernel packing = new FakeKernel("packing", clock, 800_000, () -> 700_000);
        chosen(tuning, first, packing);
        chosen(tuning.keepingFilters(), first, packing);
        assertThat(tuning.choices())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(PASS.toString(), "first", PASS + ", filters kept", "packing"));
    }

    @Test
    void whereThereIsNoChoiceNothingIsMeasured() {
        Tuning tuning = inMemory();
        FakeKernel only = kernel("only", 1000);
        assertThat(chosen(tuning, only)).isEqualTo("only");
        assertThat(only.runs()).isZero();
        assertThat(tuning.choices()).isEmpty();
    }

    @Test
    void aMeasuredChoiceIsNotMeasuredAgain() {
        Tuning tuning = inMemory();
        FakeKernel first = kernel("first", 2_000_000);
        FakeKernel other = kernel("other", 1_000_000);
        chosen(tuning, first, other);
        int runs = first.runs() + other.runs();
        assertThat(chosen(tuning, first, other)).isEqualTo("other, measured");
        assertThat(first.runs() + other.runs()).isEqualTo(runs);
    }

    @Test
    void norIsOneFromTheFile() {
        Path file = directory.resolve("new").resolve("tuning.json");
        chosen(tuning(file), kernel("first", 2_000_000), kernel("other", 1_000_000));

        FakeKernel first = kernel("first", 1); // would win now
        FakeKernel other = kernel("other", 1_000_000);
        Tuning later = tuning(file);
        assertThat(chosen(later, first, other)).isEqualTo("other, measured");
        assertThat(first.runs() + other.runs()).isZero();
        assertThat(later.choices()).containsExactly(Map.entry(PASS.toString(), "other"));
        assertThat(reports).isEmpty();
    }

    @Test
    void otherAlgorithmsAreMeasuredAnew() {
        Path file = directory.resolve("tuning.json");
        chosen(tuning(file), kernel("first", 2_000_000), kernel("other", 1_000_000));
        FakeKernel third = kernel("third", 500_000);
        assertThat(chosen(tuning(file), kernel("first", 2_000_000), kernel("other", 1_000_000), third))
                .isEqualTo("third, measured");
        assertThat(chosen(tuning(file), kernel("first", 1_000_000), third)).isEqualTo("third, measured");
    }

    @Test
    void otherThreadsMeasureAnew() {
        Path file = directory.resolve("tuning.json");
        chosen(tuning(file), kernel("first", 2_000_000), kernel("other", 1_000_000));
        try (WorkerPool two = new WorkerPool(2)) {
            Tuning tuning = new Tuning(new TuningFile(file), new Race(two, clock::get), reports::add);
            assertThat(chosen(tuning, kernel("first", 1_000_000), kernel("other", 2_000_000)))
                    .isEqualTo("first, measured");
        }
        assertThat(chosen(tuning(file), kernel("first", 1), kernel("other", 1))).isEqualTo("other, measured");
    }

    @Test
    void whatIsPreferredIsTakenUnmeasuredWhereItFits() {
        Tuning tuning = inMemory();
        tuning.prefer(Map.of(PASS.toString(), "other", "another pass", "winograd"));
        FakeKernel first = kernel("first", 1);
        assertThat(chosen(tuning, first, kernel("other", 1_000_000))).isEqualTo("other, measured");
        assertThat(first.runs()).isZero();
        assertThat(tuning.choices()).containsEntry("another pass", "winograd"); // for whoever resumes from here
        assertThat(chosen(tuning, kernel("first", 1_000_000), kernel("b", 10_000)))
                .isEqualTo("b, measured");
    }

    @Test
    void aDamagedFileIsReplaced() throws IOException {
        Path file = directory.resolve("tuning.json");
        chosen(tuning(file), kernel("first", 2_000_000), kernel("other", 1_000_000));
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));

        Tuning tuning = tuning(file);
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0))
                .startsWith("tuning: " + file + " (at byte ")
                .endsWith("it is ignored, and replaced by what is measured next");
        assertThat(chosen(tuning, kernel("first", 2_000_000), kernel("other", 1_000_000)))
                .isEqualTo("other, measured");
        assertThat(new TuningFile(file).read().trouble()).isEmpty();
    }

    @Test
    void aForeignFileIsLeftAsItIs() throws IOException {
        Path file = directory.resolve("notes.txt");
        Files.writeString(file, "not to be lost");
        Tuning tuning = tuning(file);
        assertThat(chosen(tuning, kernel("first", 2_000_000), kernel("other", 1_000_000)))
                .isEqualTo("other, measured");
        assertThat(file).hasContent("not to be lost");
        assertThat(reports)
                .singleElement()
                .asString()
                .isEqualTo("tuning: " + file + " (at byte 4): expected a tuning cache, received something that is no"
                        + " JSON; it is left as it is and nothing is kept: name another file");
    }

    @Test
    void aFileThatCannotBeWrittenIsMentionedOnce() throws IOException {
        Path later = directory.resolve("later");
        Tuning tuning = tuning(later.resolve("tuning.json"));
        Files.writeString(later, "");
        assertThat(reports).isEmpty();
        chosen(tuning, kernel("first", 2_000_000), kernel("other", 1_000_000));
        chosen(tuning.keepingFilters(), kernel("first", 2_000_000), kernel("other", 1_000_000));
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0))
                .startsWith("tuning: " + later)
                .contains("expected ", ", received ")
                .containsPattern("; .*another"); // reading finds out on some JDKs, writing on others
    }
}
