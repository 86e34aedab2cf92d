package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import java.util.stream.IntStream;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurvesTest {
    @ParameterizedTest
    @CsvSource({"relu, 0, 1", "step, 1, 1", "hard-tanh, 0, 2", "'shrink(1, 0.5)', 2, 2", "gelu, 0, 0"})
    void curvesAreBrokenWhereTheyJumpAndNowhereElse(String spec, long inTheValue, long inTheSlope) {
        XYDataset curves = Curves.of(Activations.of(spec)).chart().getXYPlot().getDataset();
        assertThat(breaks(curves, 0)).isEqualTo(inTheValue);
        assertThat(breaks(curves, 1)).isEqualTo(inTheSlope);
    }

    private static long breaks(XYDataset curves, int series) {
        return IntStream.range(0, curves.getItemCount(series))
                .filter(i -> Double.isNaN(curves.getYValue(series, i)))
                .count();
    }

    @Test
    void everyKinkIsInTheChart() {
        for (Activation f : Activations.all()) {
            Curves curves = Curves.of(f);
            assertThat(f.kinks()).as(f.name()).allMatch(kink -> kink > curves.left() && kink < curves.right());
        }
    }
}
