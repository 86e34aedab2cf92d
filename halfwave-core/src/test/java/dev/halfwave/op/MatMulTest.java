package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MatMulTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("matmul", MatMulTest::trial);
    }

    private static Trial trial(Draw draw) {
        int[] mnk = sizes(draw);
        boolean transposeA = draw.chance(0.4);
        boolean transposeB = draw.chance(0.4);
        DoubleTensor a = draw.values(transposeA ? Shape.of(mnk[2], mnk[0]) : Shape.of(mnk[0], mnk[2]));
        DoubleTensor b = draw.values(transposeB ? Shape.of(mnk[1], mnk[2]) : Shape.of(mnk[2], mnk[1]));
        Activation f = draw.chance(0.6)
                ? new Identity()
                : draw.of(List.of(new Relu(), new LeakyRelu(), new Tanh(), new Sigmoid()));
        MatMul op = new MatMul(transposeA, transposeB, f);
        MatMul linear = new MatMul(transposeA, transposeB);
        Trial trial = draw.chance(0.5) ? Trial.of(op, a, b, draw.values(Shape.of(mnk[1]))) : Trial.of(op, a, b);
        return trial.forwardOnly(!f.kinks().isEmpty())
                .magnitude(f instanceof Identity ? 0 : Trial.sums(linear, trial.inputs()))
                .regime(inputs -> {
                    double[] z = linear.evaluate(inputs, 0).get(0).data();
                    return Trial.where(f.kinks().isEmpty() ? 0 : z.length, i -> z[i] > 0);
                });
    }

    private static int[] sizes(Draw draw) {
        while (true) {
            int k = draw.chance(0.2) ? draw.of(List.of(128, 257, 600)) : draw.size();
            int[] mnk = {draw.size(), draw.chance(0.2) ? draw.between(40, 130) : draw.size(), k};
            if ((long) mnk[0] * mnk[1] * mnk[2] <= draw.work()) {
                return mnk;
            }
        }
    }

    @Test
    void refusesFactorsThatDoNotMeet() {
        Errors.of(new MatMul(false, true), Shape.of(2, 3), Shape.of(3, 4))
                .hasMessage("matmul: expected factors that share an axis, received [2, 3] and [3, 4] transposed");
    }

    @Test
    void saysHowToFlattenImages() {
        Errors.of(new MatMul(false, false), Shape.of(2, 3, 3, 8), Shape.of(72, 10))
                .hasMessage(
                        "matmul: expected a matrix with 2 axes [M, K], received [2, 3, 3, 8]; put a Flatten in front");
    }

    @Test
    void refusesBiasesForOtherColumns() {
        Errors.of(new MatMul(false, false), Shape.of(2, 3), Shape.of(3, 4), Shape.of(2))
                .hasMessage("matmul: expected a bias of shape [4], received [2]");
    }
}
