package dev.halfwave.inspect;

import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;

/**
 * The elements that each output of a max pooling chooses from, in its own order: row by row.
 *
 * @param starts where each output's elements begin in {@code elements}, and behind the last their number
 * @param elements positions in the pooling's input
 */
@SuppressWarnings("ArrayRecordComponent") // plain loops run over them; never compared
record PoolWindows(int[] starts, int[] elements) {

    /** The windows of a pooling over images {@code [N, H, W, C]}. */
    static PoolWindows of(MaxPool2d pool, Shape images) {
        int rows = pool.vertical().positions(images.size(1));
        int columns = pool.horizontal().positions(images.size(2));
        int outputs = images.size(0) * rows * columns * images.size(3);
        int[] starts = new int[outputs + 1];
        int[] elements = new int
                [Math.multiplyExact(
                        outputs, pool.vertical().size() * pool.horizontal().size())];
        int count = 0;
        for (int out = 0; out < outputs; out++) {
            int place = out / images.size(3);
            int column = place % columns;
            int row = place / columns % rows;
            int image = place / columns / rows;
            for (int i = 0; i < pool.vertical().size(); i++) {
                int y = at(pool.vertical(), row, i);
                for (int j = 0; j < pool.horizontal().size(); j++) {
                    int x = at(pool.horizontal(), column, j);
                    if (y >= 0 && y < images.size(1) && x >= 0 && x < images.size(2)) {
                        elements[count++] = ((image * images.size(1) + y) * images.size(2) + x) * images.size(3)
                                + out % images.size(3);
                    }
                }
            }
            starts[out + 1] = count;
        }
        return new PoolWindows(starts, elements);
    }

    private static int at(Window window, int position, int element) {
        return position * window.stride() - window.before() + element * window.dilation();
    }

    /** How many outputs there are. */
    int outputs() {
        return starts.length - 1;
    }

    /** The position of an output's first largest element. */
    int largest(double[] x, int output) {
        int best = elements[starts[output]];
        for (int i = starts[output] + 1; i < starts[output + 1]; i++) {
            best = x[elements[i]] > x[best] ? elements[i] : best;
        }
        return best;
    }
}
