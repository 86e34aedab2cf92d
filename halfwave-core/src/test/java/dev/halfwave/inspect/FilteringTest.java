package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Every expected number here was computed by hand. */
class FilteringTest {
    private static final Tensor IMAGE = Tensor.of(
            Shape.of(4, 4, 1), //
            0,
            0,
            1,
            1, //
            0,
            0,
            1,
            1, //
            0,
            0,
            1,
            1, //
            1,
            1,
            0,
            0);

    @Test
    void cutsWhatIsBelowZero() {
        Rectification edges = rectify("sobel-y", IMAGE);

        assertThat(edges.featureMap()).isEqualTo(Tensor.of(Shape.of(2, 2, 1), 0, 0, 2, -2));
        assertThat(edges.rectified()).isEqualTo(Tensor.of(Shape.of(2, 2, 1), 0, 0, 2, 0));
        assertThat(edges.cutShare()).isEqualTo(0.25);
        assertThat(edges.reach()).isEqualTo(2);
        assertThat(edges.activation()).isEqualTo("relu");
        assertThat(edges.image()).isSameAs(IMAGE);
    }

    @Test
    void knowsItsFilters() {
        assertThat(rectify("sobel-x", IMAGE).featureMap().data()).containsExactly(4, 4, 2, 2);
        assertThat(rectify("laplacian", IMAGE).featureMap().data()).containsExactly(1, -1, 2, -2);
        assertThat(rectify("emboss", IMAGE).featureMap().data()).containsExactly(3, 4, 2, 1);
        assertThat(rectify("sharpen", IMAGE).featureMap().data()).containsExactly(-1, 2, -2, 3);
        assertThat(Filter.names()).containsExactly("sobel-x", "sobel-y", "laplacian", "emboss", "sharpen");
    }

    @Test
    void filtersTheLumaOfColours() {
        Tensor colours = Tensor.of(Shape.of(1, 2, 3), 1, 0.5f, 0.25f, 0, 1, 1);
        Filter difference = new Filter("difference", Tensor.of(Shape.of(1, 2), -2, 2));

        Tensor map = Filtering.rectify(difference, colours, WorkerPool.shared()).featureMap();

        double left = 0.299 + 0.587 * 0.5 + 0.114 * 0.25;
        assertThat(map.shape()).isEqualTo(Shape.of(1, 1, 1));
        assertThat(map.data()[0]).isCloseTo((float) (2 * (0.587 + 0.114 - left)), within(1e-6f));
    }

    @Test
    void refusesWhatItCannotFilter() {
        assertThatThrownBy(() -> rectify("sobel-x", Tensor.zeros(Shape.of(4, 4, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filter sobel-x: expected an image [H, W, 1] or [H, W, 3], received [4, 4, 2];"
                        + " choose some of its channels");
        assertThatThrownBy(() -> rectify("sobel-x", Tensor.zeros(Shape.of(2, 4, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an axis of at least 3 for a window of 3, received 2");
        assertThatThrownBy(() -> Filter.of("sobel"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown filter \"sobel\": did you mean \"sobel-x\"?"
                        + " Known: sobel-x, sobel-y, laplacian, emboss, sharpen");
        assertThatThrownBy(() -> new Filter("flat", Tensor.zeros(Shape.of(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filter flat: expected weights [rows, columns], received [3]");
    }

    private static Rectification rectify(String filter, Tensor image) {
        return Filtering.rectify(Filter.of(filter), image, WorkerPool.shared());
    }
}
