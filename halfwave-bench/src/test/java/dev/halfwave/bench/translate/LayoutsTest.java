package dev.halfwave.bench.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayoutsTest {
    private static Tensor counting(int... sizes) {
        Tensor tensor = Tensor.zeros(Shape.of(sizes));
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = i;
        }
        return tensor;
    }

    @Test
    void movesChannelsThereAndBack() {
        Tensor images = counting(2, 3, 4, 5);
        float[] first = Layouts.channelsFirst(images);
        assertThat(first[((5 + 2) * 3 + 1) * 4 + 3]).isEqualTo(images.at(1, 1, 3, 2));
        assertThat(Layouts.channelsLast(first, images.shape())).isEqualTo(images.data());
    }

    @Test
    void leavesRowsAlone() {
        Tensor rows = counting(2, 3);
        assertThat(Layouts.channelsLast(rows.data(), rows.shape())).isEqualTo(rows.data());
    }

    @Test
    void turnsDenseRowsAsTheFlattenedImageTurns() {
        Tensor weights = counting(2 * 3 * 5, 7);
        float[] turned = Layouts.rows(weights, Shape.of(2, 3, 5));
        int pixel = 1 * 3 + 2;
        assertThat(turned[(4 * 6 + pixel) * 7 + 6]).isEqualTo(weights.at(pixel * 5 + 4, 6));
    }
}
