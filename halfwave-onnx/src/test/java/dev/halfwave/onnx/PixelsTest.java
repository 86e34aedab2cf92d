package dev.halfwave.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelsTest {
    private static double[] converted(String spec, double... channels) {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        Shape shape = Shape.of(1, 1, 1, channels.length);
        Value y = new Pixels(spec).apply(g, g.input("x", shape));
        g.output("y", y);
        return new Interpreter(g.build(), Map.of("x", new DoubleTensor(shape, channels)), 0)
                .get(y)
                .data();
    }

    @Test
    void rangesAreStretched() {
        assertThat(converted("0..1", 0.5)).containsExactly(0.5);
        assertThat(converted("0..255", 0, 0.5, 1)).containsExactly(0, 127.5, 255);
        assertThat(converted("-1..1", 0, 0.25, 1)).containsExactly(-1, -0.5, 1);
    }

    @Test
    void meansAreSubtractedChannelByChannel() {
        assertThat(converted("mean=0.5;std=0.25", 0, 1)).containsExactly(-2, 2);
        assertThat(converted("mean=0.5,0.25,0;std=0.5,0.25,1", 1, 1, 1))
                .containsExactly(new double[] {1, 3, 1}, Offset.offset(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "255", "0-255", "mean=0.5", "mean=1,2;std=1", "mean=0;std=0", "mean=a;std=b"})
    void otherTextsAreRefused(String spec) {
        assertThatThrownBy(() -> new Pixels(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pixels: expected a range as in 0..255, or mean=…;std=…")
                .hasMessageEndingWith("received \"" + spec + "\"");
    }

    @Test
    void numbersFitTheChannels() {
        assertThatThrownBy(() -> converted("mean=1,2;std=1,1", 1, 2, 3))
                .hasMessage(
                        "pixels: expected one number, or one for each of 3 channels, received \"mean=1,2;std=1,1\"");
    }
}
