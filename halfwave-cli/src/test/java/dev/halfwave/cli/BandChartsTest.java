package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.cli.BandCharts.Line;
import dev.halfwave.cli.BandCharts.Spot;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BandChartsTest {
    private static final List<Theme> THEMES = List.of(Theme.LIGHT, Theme.DARK);

    private static List<Line> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(k -> new Line(
                        "line " + k,
                        List.of(new Spot(1, 10 * k + 5, 10 * k + 3, 10 * k + 7), new Spot(2, 10 * k + 5, 10 * k, 99))))
                .toList();
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    @Test
    void sixLinesHaveSixColoursInBothThemes() {
        for (Theme theme : THEMES) {
            List<Color> colours = IntStream.range(0, BandCharts.MOST_LINES)
                    .mapToObj(BandCharts.in(theme)::colour)
                    .toList();
            assertThat(colours).doesNotHaveDuplicates().doesNotContain(theme.background());
            BufferedImage picture = BandCharts.in(theme)
                    .lines("across", "up", 100, lines(BandCharts.MOST_LINES), OptionalDouble.of(50));
            assertThat(picture.getWidth()).isEqualTo(1600);
            assertThat(pixels(picture))
                    .contains(colours.stream().mapToInt(Color::getRGB).toArray());
        }
    }

    @Test
    void everyRowOfDotsHasItsBar() {
        for (Theme theme : THEMES) {
            BufferedImage picture = BandCharts.in(theme).dots("accuracy", lines(5));
            int data = theme.data().getRGB();
            assertThat(pixels(picture)).contains(data);
            BufferedImage taller = BandCharts.in(theme).dots("accuracy", lines(27));
            assertThat(taller.getHeight()).isGreaterThan(picture.getHeight());
        }
    }
}
