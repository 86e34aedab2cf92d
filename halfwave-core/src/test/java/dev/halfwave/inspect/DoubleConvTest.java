package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DoubleConvTest {
    @Test
    void givesTheBitsOfTheDefinitions() {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int groups = random.nextInt(1, 4);
            Window vertical = window(random);
            Window horizontal = window(random);
            Shape x = Shape.of(random.nextInt(1, 3), random.nextInt(7, 10), random.nextInt(7, 10), groups * 2);
            Shape w = Shape.of(vertical.size(), horizontal.size(), 2, groups * random.nextInt(1, 4));
            Conv2d conv = new Conv2d(vertical, horizontal, groups);
            List<DoubleTensor> inputs = List.of(draw(x, random), draw(w, random));
            DoubleTensor y = conv.evaluate(inputs, 0).get(0);
            Conv2dInputGradient back = new Conv2dInputGradient(vertical, horizontal, groups, x.size(1), x.size(2));
            List<DoubleTensor> backInputs = List.of(draw(y.shape(), random), inputs.get(1));

            assertThat(LazyInterpreter.evaluate(conv, inputs).get(0).data())
                    .as("seed %d, forward", seed)
                    .isEqualTo(y.data());
            assertThat(LazyInterpreter.evaluate(back, backInputs).get(0).data())
                    .as("seed %d, backward", seed)
                    .isEqualTo(back.evaluate(backInputs, 0).get(0).data());
        }
    }

    private static Window window(SplittableRandom random) {
        return new Window(
                random.nextInt(1, 4), random.nextInt(1, 3), random.nextInt(1, 3), random.nextInt(3), random.nextInt(3));
    }

    private static DoubleTensor draw(Shape shape, SplittableRandom random) {
        DoubleTensor drawn = DoubleTensor.zeros(shape);
        for (int i = 0; i < drawn.data().length; i++) {
            drawn.data()[i] = random.nextInt(3) == 0 ? 0 : random.nextDouble() - 0.5;
        }
        return drawn;
    }
}
