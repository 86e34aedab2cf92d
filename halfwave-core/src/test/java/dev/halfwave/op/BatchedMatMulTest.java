package dev.halfwave.op;

import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BatchedMatMulTest implements OpContract {
    private static final BatchedMatMul PLAIN = new BatchedMatMul(false, false);

    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("batched_matmul", BatchedMatMulTest::trial);
    }

    private static Trial trial(Draw draw) {
        int[] leading = leading(draw);
        long batches = Arrays.stream(leading).asLongStream().reduce(1, (x, y) -> x * y);
        int[] mnk = sizes(draw, batches);
        boolean transposeA = draw.chance(0.4);
        boolean transposeB = draw.chance(0.4);
        Shape a = transposeA ? matrices(leading, mnk[2], mnk[0]) : matrices(leading, mnk[0], mnk[2]);
        Shape b = transposeB ? matrices(leading, mnk[1], mnk[2]) : matrices(leading, mnk[2], mnk[1]);
        return Trial.of(new BatchedMatMul(transposeA, transposeB), draw.values(a), draw.values(b));
    }

    private static int[] leading(Draw draw) {
        if (draw.chance(0.1)) {
            return new int[] {draw.work() / 40};
        }
        int[] leading = new int[draw.between(1, 3)];
        Arrays.setAll(leading, i -> draw.between(1, 5));
        return leading;
    }

    private static int[] sizes(Draw draw, long batches) {
        while (true) {
            int k = draw.chance(0.2) ? draw.between(128, 600) : draw.size();
            int[] mnk = {draw.chance(0.3) ? draw.between(1, 3) : draw.size(), draw.size(), k};
            if (batches * mnk[0] * mnk[1] * mnk[2] <= draw.work()) {
                return mnk;
            }
        }
    }

    private static Shape matrices(int[] leading, int rows, int columns) {
        int[] sizes = Arrays.copyOf(leading, leading.length + 2);
        sizes[leading.length] = rows;
        sizes[leading.length + 1] = columns;
        return Shape.of(sizes);
    }

    @Test
    @Tag("kernels")
    void longSumsAreDividedIntoPartsForEachProduct() {
        Draw draw = new Draw(new SplittableRandom(7), Draw.LARGE);
        Trial trial = Trial.of(PLAIN, draw.values(Shape.of(3, 9, 20_000)), draw.values(Shape.of(3, 20_000, 33)));

        new KernelAgreement().check(trial.forwardOnly(true));
    }

    @Test
    @Tag("kernels")
    void emptyBatchesAndSumsComeToNothing() {
        Draw draw = new Draw(new SplittableRandom(7), Draw.SMALL);
        for (int[] sizes : new int[][] {{0, 2, 3, 4}, {3, 0, 3, 4}, {3, 2, 3, 0}, {3, 2, 0, 4}}) {
            Shape a = Shape.of(sizes[0], sizes[1], sizes[2]);
            Shape b = Shape.of(sizes[0], sizes[2], sizes[3]);
            new KernelAgreement()
                    .check(Trial.of(PLAIN, draw.values(a), draw.values(b)).forwardOnly(true));
        }
    }

    @Test
    void refusesOtherLeadingAxes() {
        Errors.of(PLAIN, Shape.of(2, 3), Shape.of(3, 4))
                .hasMessage("batched_matmul: expected factors [B…, M, K] and [B…, K, N] with the same leading axes, one"
                        + " or more, received [2, 3] and [3, 4]");
        Errors.of(PLAIN, Shape.of(5, 2, 3), Shape.of(4, 3, 4))
                .hasMessage("batched_matmul: expected factors [B…, M, K] and [B…, K, N] with the same leading axes, one"
                        + " or more, received [5, 2, 3] and [4, 3, 4]");
        Errors.of(PLAIN, Shape.of(5, 2, 3), Shape.of(1, 5, 3, 4))
                .hasMessage("batched_matmul: expected factors [B…, M, K] and [B…, K, N] with the same leading axes, one"
                        + " or more, received [5, 2, 3] and [1, 5, 3, 4]");
    }

    @Test
    void refusesFactorsThatDoNotMeet() {
        Errors.of(new BatchedMatMul(false, true), Shape.of(5, 2, 3), Shape.of(5, 3, 4))
                .hasMessage("batched_matmul: expected factors that share an axis, received [5, 2, 3] and [5, 3, 4]"
                        + " transposed");
    }
}
