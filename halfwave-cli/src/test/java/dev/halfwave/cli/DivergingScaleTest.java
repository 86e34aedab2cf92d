package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import org.junit.jupiter.api.Test;

class DivergingScaleTest {
    private final DivergingScale scale = new DivergingScale(4);

    @Test
    void isPaleAtZeroBlueBelowAndOrangeAbove() {
        assertThat(scale.argb(0)).isEqualTo(0xfff7f7f7).isEqualTo(scale.argb(-0.0));
        for (double value = 0.5; value <= 4; value += 0.5) {
            Color below = new Color(scale.argb(-value));
            Color above = new Color(scale.argb(value));
            assertThat(below.getBlue()).as("-%s", value).isGreaterThan(below.getRed());
            assertThat(above.getRed()).as("%s", value).isGreaterThan(above.getBlue());
        }
    }

    @Test
    void getsDarkerWithTheDistanceFromZero() {
        for (double value = 0; value < 4; value += 0.25) {
            assertThat(light(value + 0.25)).as("%s", value).isLessThan(light(value));
            assertThat(light(-value - 0.25)).as("-%s", value).isLessThan(light(-value));
        }
    }

    private double light(double value) {
        Color colour = new Color(scale.argb(value));
        return 0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue();
    }

    @Test
    void keepsItsEndsBeyondThem() {
        assertThat(scale.argb(9)).isEqualTo(scale.argb(4));
        assertThat(scale.argb(Double.NEGATIVE_INFINITY)).isEqualTo(scale.argb(-4));
        assertThat(scale.argb(Double.NaN)).isEqualTo(0xff808080);
    }
}
