package dev.halfwave.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transformations make of small images, pixel by pixel. */
class TransformationTest {
    private static final Shape SQUARE = Shape.of(3, 3, 1);
    private static final float[] DIGITS = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f};

    private static float[] after(Shape shape, float[] pixels, Consumer<Raster> change) {
        float[] copy = pixels.clone();
        Raster raster = new Raster(shape).on(copy, 0);
        change.accept(raster);
        raster.settle();
        return copy;
    }

    private static float[] after(Shape shape, float[] pixels, Transformation transformation, long key) {
        return after(shape, pixels, raster -> transformation.apply(raster, new Draws(key)));
    }

    @Test
    void shiftsMoveByWholePixelsAndZerosComeIn() {
        assertThat(after(SQUARE, DIGITS, raster -> raster.place(Placement.shift(1, 0))))
                .containsExactly(0, 0.1f, 0.2f, 0, 0.4f, 0.5f, 0, 0.7f, 0.8f);
        assertThat(after(SQUARE, DIGITS, raster -> raster.place(Placement.shift(0, -2))))
                .containsExactly(0.7f, 0.8f, 0.9f, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void everyShiftWithinTheLimitHappens() {
        Set<List<Float>> expected = new HashSet<>();
        for (int right = -1; right <= 1; right++) {
            for (int down = -1; down <= 1; down++) {
                Placement shift = Placement.shift(right, down);
                expected.add(list(after(SQUARE, DIGITS, raster -> raster.place(shift))));
            }
        }
        Set<List<Float>> found = new HashSet<>();
        for (long key = 0; key < 200; key++) {
            found.add(list(after(SQUARE, DIGITS, new Shift(1), key)));
        }
        assertThat(found).hasSize(9).isEqualTo(expected);
    }

    private static List<Float> list(float[] pixels) {
        List<Float> list = new ArrayList<>();
        for (float pixel : pixels) {
            list.add(pixel);
        }
        return list;
    }

    @Test
    void flipsAreMirrors() {
        assertThat(after(SQUARE, DIGITS, new Flip(1, false), 0))
                .containsExactly(0.3f, 0.2f, 0.1f, 0.6f, 0.5f, 0.4f, 0.9f, 0.8f, 0.7f);
        assertThat(after(SQUARE, DIGITS, new Flip(1, true), 0))
                .containsExactly(0.7f, 0.8f, 0.9f, 0.4f, 0.5f, 0.6f, 0.1f, 0.2f, 0.3f);
        assertThat(after(Shape.of(1, 2, 3), new float[] {.1f, .2f, .3f, .4f, .5f, .6f}, new Flip(1, false), 0))
                .as("channels keep their order")
                .containsExactly(.4f, .5f, .6f, .1f, .2f, .3f);
    }

    @Test
    void halfOfTheImagesAreFlipped() {
        long flipped = 0;
        for (long key = 0; key < 1000; key++) {
            flipped += after(SQUARE, DIGITS, new Flip(), key * 31)[0] == 0.3f ? 1 : 0;
        }
        assertThat(flipped).isBetween(440L, 560L);
    }

    @Test
    void aQuarterTurnIsAnticlockwise() {
        assertThat(after(SQUARE, DIGITS, raster -> raster.place(Placement.rotation(90))))
                .containsExactly(new float[] {0.3f, 0.6f, 0.9f, 0.2f, 0.5f, 0.8f, 0.1f, 0.4f, 0.7f}, offset(1e-6f));
    }

    @Test
    void stretchingByTwoInterpolatesBetweenPixels() {
        float[] row = {0, 0.4f, 0.8f, 0};
        assertThat(after(Shape.of(1, 4, 1), row, raster -> raster.place(Placement.stretch(2, 1))))
                .as("seen at 0.75, 1.25, 1.75 and 2.25")
                .containsExactly(new float[] {0.3f, 0.5f, 0.7f, 0.6f}, offset(1e-6f));
    }

    @Test
    void shearingMovesRowsByTheirDistanceFromTheCentre() {
        float[] line = {0, 1, 0, 0, 1, 0, 0, 1, 0};
        assertThat(after(SQUARE, line, raster -> raster.place(Placement.shear(45))))
                .containsExactly(new float[] {0, 0, 1, 0, 1, 0, 1, 0, 0}, offset(1e-6f));
    }

    @Test
    void gatheredChangesAreTheSameAsOneAfterTheOther() {
        Shape shape = Shape.of(5, 7, 2);
        float[] pixels = new float[shape.elements()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % 11 / 11f;
        }
        List<Placement> moves =
                List.of(Placement.shift(1, -1), Placement.flip(false), Placement.flip(true), Placement.shift(2, 1));
        float[] expected = pixels;
        for (Placement move : moves) {
            expected = after(shape, expected, raster -> raster.place(move));
        }
        List<Placement> inside = List.of(Placement.flip(true), Placement.shift(1, 0), Placement.flip(true));
        assertThat(after(shape, pixels, raster -> inside.forEach(raster::place)))
                .containsExactly(after(shape, pixels, raster -> raster.place(Placement.shift(1, 0))));
        assertThat(after(shape, pixels, raster -> {
                    moves.subList(0, 3).forEach(raster::place);
                    raster.settle();
                    raster.place(moves.get(3));
                }))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3})
    void anAffineStaysWithinItsLimits(double shift) {
        Shape shape = Shape.of(9, 9, 1);
        float[] dot = new float[81];
        dot[40] = 1;
        for (long key = 0; key < 50; key++) {
            float[] moved = after(shape, dot, new Affine(0, 0, 0, shift), key);
            double x = 0;
            double y = 0;
            for (int i = 0; i < 81; i++) {
                x += moved[i] * (i % 9 - 4);
                y += moved[i] * (i / 9 - 4);
            }
            assertThat(Math.abs(x)).as("key " + key).isLessThanOrEqualTo(shift + 1e-5);
            assertThat(Math.abs(y)).as("key " + key).isLessThanOrEqualTo(shift + 1e-5);
        }
    }

    @Test
    void elasticFieldsAreSmoothAndAsStrongAsAskedFor() {
        double squares = 0;
        double steepest = 0;
        int n = 0;
        for (long key = 0; key < 400; key++) {
            Rubber rubber = new Rubber(28, 28, 2, 7, new Draws(key * 1_000_003));
            for (int row = 0; row < 28; row++) {
                for (int column = 0; column < 28; column++) {
                    squares += rubber.across(row, column) * rubber.across(row, column);
                    n++;
                    double next = column == 27 ? rubber.down(row, column) : rubber.down(row, column + 1);
                    steepest = Math.max(steepest, Math.abs(next - rubber.down(row, column)));
                }
            }
        }
        assertThat(Math.sqrt(squares / n))
                .as("below 2/√3 at the knots, less between them")
                .isBetween(0.6, 1.2);
        assertThat(steepest)
                .as("3/2 of the largest difference of knots per cell")
                .isLessThan(1.5 * 2 * 7 / 7.0 * 2);
    }

    @Test
    void aConstantImageIsNotBentWithin() {
        Shape shape = Shape.of(28, 28, 1);
        float[] grey = new float[shape.elements()];
        Arrays.fill(grey, 0.6f);
        float[] bent = after(shape, grey, new Elastic(1, 7), 3);
        for (int row = 8; row < 20; row++) {
            assertThat(Arrays.copyOfRange(bent, row * 28 + 8, row * 28 + 20)).containsOnly(0.6f);
        }
    }

    @Test
    void cutoutBlacksOutOneSquare() {
        Shape shape = Shape.of(10, 12, 2);
        float[] white = new float[shape.elements()];
        Arrays.fill(white, 1);
        Set<Integer> sizes = new HashSet<>();
        for (long key = 0; key < 300; key++) {
            float[] cut = after(shape, white, new Cutout(4, 1), key * 7919);
            Set<Integer> rows = new HashSet<>();
            Set<Integer> columns = new HashSet<>();
            int black = 0;
            for (int i = 0; i < cut.length; i++) {
                if (cut[i] == 0) {
                    rows.add(i / 2 / 12);
                    columns.add(i / 2 % 12);
                    black++;
                }
            }
            assertThat(black).as("key " + key).isEqualTo(2 * rows.size() * columns.size());
            assertThat(rows.size()).isBetween(2, 4);
            assertThat(columns.size()).isBetween(2, 4);
            sizes.add(black / 2);
        }
        assertThat(sizes).contains(4, 8, 12, 16);
    }

    @Test
    void brightnessMultiplies() {
        float[] pixels = {0, 0.25f, 0.5f, 1};
        Shape shape = Shape.of(2, 2, 1);
        for (long key = 0; key < 50; key++) {
            float factor = (float) (1 + new Draws(key).around(0.5));
            assertThat(after(shape, pixels, new Brightness(0.5), key))
                    .containsExactly(0, 0.25f * factor, 0.5f * factor, Math.min(1, factor));
        }
    }

    @Test
    void contrastMovesAwayFromTheMean() {
        float[] pixels = {0.2f, 0.4f, 0.6f, 0.8f};
        for (long key = 0; key < 50; key++) {
            float factor = (float) (1 + new Draws(key).around(0.5));
            assertThat(after(Shape.of(2, 2, 1), pixels, new Contrast(0.5), key))
                    .containsExactly(
                            new float[] {
                                0.5f - 0.3f * factor, 0.5f - 0.1f * factor, 0.5f + 0.1f * factor, 0.5f + 0.3f * factor
                            },
                            offset(1e-6f));
        }
    }

    @Test
    void saturationMovesAwayFromThePixelsGrey() {
        float[] pixels = {0.6f, 0.5f, 0.4f, 0.3f, 0.3f, 0.3f};
        float grey = 0.299f * 0.6f + 0.587f * 0.5f + 0.114f * 0.4f;
        for (long key = 0; key < 50; key++) {
            float factor = (float) (1 + new Draws(key).around(0.9));
            float[] changed = after(Shape.of(1, 2, 3), pixels, new Saturation(0.9), key);
            assertThat(changed[0]).isCloseTo(grey + (0.6f - grey) * factor, offset(1e-6f));
            assertThat(changed[2]).isCloseTo(grey + (0.4f - grey) * factor, offset(1e-6f));
            assertThat(changed[4]).isCloseTo(0.3f, offset(1e-6f));
        }
        assertThat(after(SQUARE, DIGITS, new Saturation(1), 5)).containsExactly(DIGITS);
    }
}
