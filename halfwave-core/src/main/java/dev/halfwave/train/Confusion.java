package dev.halfwave.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What was taken for what: how often a sample of each class was classified as each class, {@code [classes, classes]},
 * rows being the right classes and columns the predicted ones.
 *
 * <p>With TP the samples on the diagonal, FP the rest of a class's column and FN the rest of its row, its precision is
 * TP / (TP + FP), its recall TP / (TP + FN) and its F₁ 2·TP / (2·TP + FP + FN). Where nothing is to be divided by, they
 * are 0. Averages leave out classes that neither occur nor are predicted.
 */
public final class Confusion {
    private final List<String> classes;
    private final long[][] counts;

    /**
     * A confusion matrix from counts, which are copied.
     *
     * @throws IllegalArgumentException if there is not one row and one column per class, or a count is below 0
     */
    public Confusion(List<String> classes, long[][] counts) {
        this.classes = List.copyOf(classes);
        this.counts = Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
        boolean square =
                counts.length == classes.size() && Arrays.stream(counts).allMatch(row -> row.length == counts.length);
        if (!square) {
            throw new IllegalArgumentException("confusion: expected " + classes.size() + " rows of " + classes.size()
                    + " counts, one per class, received rows of "
                    + Arrays.stream(counts).map(row -> row.length).toList());
        }
        if (Arrays.stream(counts).flatMapToLong(Arrays::stream).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "confusion: expected counts of 0 or more, received " + Arrays.deepToString(counts));
        }
    }

    /** The names of the classes. */
    public List<String> classes() {
        return classes;
    }

    /**
     * How many samples of one class were classified as another, or rightly if both are the same.
     *
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public long count(int right, int predicted) {
        return counts[right][predicted];
    }

    /** How many samples are of a class. */
    public long occurred(int index) {
        return LongStream.of(counts[index]).sum();
    }

    /** How many samples were classified as a class. */
    public long predicted(int index) {
        return Arrays.stream(counts).mapToLong(row -> row[index]).sum();
    }

    /** How many samples there are. */
    public long samples() {
        return IntStream.range(0, counts.length).mapToLong(this::occurred).sum();
    }

    /** The share of samples classified rightly; 0 if there are none. */
    public double accuracy() {
        long right =
                IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
        return share(right, samples());
    }

    /** How well one class is recognized. */
    public ClassScore ofClass(int index) {
        long right = counts[index][index];
        long occurred = occurred(index);
        long predicted = predicted(index);
        return new ClassScore(
                classes.get(index),
                share(right, predicted),
                share(right, occurred),
                share(2 * right, predicted + occurred),
                occurred);
    }

    /** How well each class is recognized, in the classes' order. */
    public List<ClassScore> perClass() {
        return IntStream.range(0, counts.length).mapToObj(this::ofClass).toList();
    }

    /** The mean over the classes that occur or are predicted, each counting the same. */
    public ClassScore macroAverage() {
        return average("macro average", index -> occurred(index) + predicted(index) > 0 ? 1 : 0);
    }

    /** The mean over the classes, each counting as often as it occurs. */
    public ClassScore weightedAverage() {
        return average("weighted average", this::occurred);
    }

    private ClassScore average(String name, ToDoubleFunction<Integer> weight) {
        double total = IntStream.range(0, counts.length)
                .mapToDouble(weight::applyAsDouble)
                .sum();
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        for (int i = 0; i < counts.length && total > 0; i++) {
            double part = weight.applyAsDouble(i) / total;
            ClassScore score = ofClass(i);
            precision += part * score.precision();
            recall += part * score.recall();
            f1 += part * score.f1();
        }
        return new ClassScore(name, precision, recall, f1, samples());
    }

    /**
     * The most frequent mistakes, the most frequent first, and among equals in the classes' order.
     *
     * @param most how many at most
     */
    public List<Mistake> mistakes(int most) {
        return IntStream.range(0, counts.length)
                .boxed()
                .flatMap(right -> IntStream.range(0, counts.length)
                        .filter(other -> other != right && counts[right][other] > 0)
                        .mapToObj(other -> new Mistake(classes.get(right), classes.get(other), counts[right][other])))
                .sorted(Comparator.comparingLong(Mistake::count).reversed())
                .limit(most)
                .toList();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /**
     * A mistake that was made.
     *
     * @param right the class of the samples
     * @param predicted what they were taken for
     * @param count how often
     */
    public record Mistake(String right, String predicted, long count) {}
}
