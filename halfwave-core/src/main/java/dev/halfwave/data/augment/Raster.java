package dev.halfwave.data.augment;

import dev.halfwave.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * An image that is changed in place: {@code [H, W, C]} somewhere in an array.
 *
 * <p>Turns, shifts, flips and the like are gathered and carried out together, so that pixels are interpolated (linearly)
 * once and not once for each. What comes in from outside is 0, as zero padding is. One raster serves any number of images
 * of a shape, one after the other.
 */
public final class Raster {
    private final int height;
    private final int width;
    private final int channels;
    private final float[] before;
    private float[] array;
    private int offset;
    private Placement pending = Placement.IDENTITY;

    /**
     * A raster for images of one shape, at first its own black one.
     *
     * @param sample {@code [H, W, C]}
     * @throws IllegalArgumentException if it is not of that kind
     */
    public Raster(Shape sample) {
        if (sample.rank() != 3 || sample.elements() == 0) {
            throw new IllegalArgumentException("augment: expected images [H, W, C], received samples of shape " + sample
                    + "; leave the augmentation out");
        }
        height = sample.size(0);
        width = sample.size(1);
        channels = sample.size(2);
        before = new float[sample.elements()];
        array = new float[sample.elements()];
    }

    /** Turns to the image that begins at {@code from[first]}. */
    Raster on(float[] from, int first) {
        array = from;
        offset = first;
        pending = Placement.IDENTITY;
        return this;
    }

    /** The number of rows. */
    public int height() {
        return height;
    }

    /** The number of columns. */
    public int width() {
        return width;
    }

    /** The number of channels. */
    public int channels() {
        return channels;
    }

    /** The array that holds the image, which begins at {@link #offset()}, with all changes so far carried out. */
    public float[] pixels() {
        settle();
        return array;
    }

    /** Where in {@link #pixels()} the image begins. */
    public int offset() {
        return offset;
    }

    /** Moves, turns or stretches what is seen, with whatever else is to be done to it later. */
    void place(Placement next) {
        pending = pending.then(next);
    }

    /** Carries out what was gathered. */
    void settle() {
        if (!pending.equals(Placement.IDENTITY)) {
            bend(null);
        }
    }

    /** Carries out what was gathered, and displaces every pixel. */
    void bend(@Nullable Bend field) {
        System.arraycopy(array, offset, before, 0, before.length);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double u = column - (width - 1) * 0.5;
                double v = row - (height - 1) * 0.5;
                if (field != null) {
                    u += field.across(row, column);
                    v += field.down(row, column);
                }
                double x = pending.xx() * u + pending.xy() * v + pending.x0() + (width - 1) * 0.5;
                double y = pending.yx() * u + pending.yy() * v + pending.y0() + (height - 1) * 0.5;
                interpolate(x, y, offset + (row * width + column) * channels);
            }
        }
        pending = Placement.IDENTITY;
    }

    /** Writes what stood at a place, between four pixels. */
    private void interpolate(double x, double y, int to) {
        if (!(x > -1 && x < width && y > -1 && y < height)) {
            for (int c = 0; c < channels; c++) {
                array[to + c] = 0;
            }
            return;
        }
        int left = (int) (x + 1) - 1; // rounds down, as x is above −1
        int above = (int) (y + 1) - 1;
        float right = (float) (x - left);
        float down = (float) (y - above);
        for (int c = 0; c < channels; c++) {
            float upper = between(at(above, left, c), at(above, left + 1, c), right);
            float lower = between(at(above + 1, left, c), at(above + 1, left + 1, c), right);
            array[to + c] = between(upper, lower, down);
        }
    }

    private float at(int row, int column, int channel) {
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        return inside ? before[(row * width + column) * channels + channel] : 0;
    }

    /** Never outside of a and b, also after rounding. */
    private static float between(float a, float b, float share) {
        return a + share * (b - a);
    }

    /** By how many pixels each pixel's view moves. */
    interface Bend {
        /** To the right. */
        double across(int row, int column);

        /** Downwards. */
        double down(int row, int column);
    }
}
