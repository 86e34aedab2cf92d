package dev.halfwave.kernel;

import dev.halfwave.tensor.Window;

/**
 * A pooling window on its way over a batch of images: which elements it looks at, and which output it makes.
 *
 * <p>All positions are those of channel 0, counted from the start of the batch. Every thread has one cursor of its own,
 * which {@link #over} sets to a geometry.
 */
public final class PoolWindow {
    private static final ThreadLocal<PoolWindow> OWN = ThreadLocal.withInitial(PoolWindow::new);

    private PoolGeometry geometry = new PoolGeometry(1, 1, 1, 1, Window.of(1, 1), Window.of(1, 1), false);
    private int[] offsets = new int[16];
    private int taps;
    private int origin;
    private int output;
    private float share;
    private int firstRow;
    private int endRow;
    private int firstColumn;
    private int endColumn;

    private PoolWindow() {}

    /** This thread's cursor, over the given images; any earlier use of it on this thread is over. */
    public static PoolWindow over(PoolGeometry geometry) {
        PoolWindow window = OWN.get();
        int size = Math.multiplyExact(
                geometry.vertical().size(), geometry.horizontal().size());
        if (window.offsets.length < size) {
            window.offsets = new int[size];
        }
        window.geometry = geometry;
        window.endRow = -1;
        return window;
    }

    /** Moves to column q of an output row, rows counted over the whole batch. */
    public void moveTo(int row, int q) {
        Window vertical = geometry.vertical();
        Window horizontal = geometry.horizontal();
        int image = row / geometry.oh();
        int top = (row - image * geometry.oh()) * vertical.stride() - vertical.before();
        int left = q * horizontal.stride() - horizontal.before();
        origin = ((image * geometry.h() + top) * geometry.w() + left) * geometry.c();
        output = (row * geometry.ow() + q) * geometry.c();
        cover(
                first(vertical, top),
                end(vertical, top, geometry.h()),
                first(horizontal, left),
                end(horizontal, left, geometry.w()));
    }

    private static int first(Window window, int start) {
        return start >= 0 ? 0 : (window.dilation() - 1 - start) / window.dilation();
    }

    private static int end(Window window, int start, int length) {
        int room = length - start;
        return room <= 0 ? 0 : Math.min(window.size(), (room - 1) / window.dilation() + 1);
    }

    /** Most windows lie inside the image and look at the same offsets as the one before. */
    private void cover(int fromRow, int toRow, int fromColumn, int toColumn) {
        if (fromRow == firstRow && toRow == endRow && fromColumn == firstColumn && toColumn == endColumn) {
            return;
        }
        firstRow = fromRow;
        endRow = toRow;
        firstColumn = fromColumn;
        endColumn = toColumn;
        Window vertical = geometry.vertical();
        Window horizontal = geometry.horizontal();
        taps = 0;
        for (int i = fromRow; i < toRow; i++) {
            for (int j = fromColumn; j < toColumn; j++) {
                offsets[taps++] = (i * vertical.dilation() * geometry.w() + j * horizontal.dilation()) * geometry.c();
            }
        }
        int counted = geometry.countPadding() ? vertical.size() * horizontal.size() : taps;
        share = counted == 0 ? 0 : 1f / counted;
    }

    /** How many elements of the image the window looks at; fewer at the borders, none in the midst of padding. */
    public int taps() {
        return taps;
    }

    /** Where element t lies, row by row. */
    public int tap(int t) {
        return origin + offsets[t];
    }

    /** Where the output lies. */
    public int output() {
        return output;
    }

    /** The share of an element in the average: 1 over the number of those counted. */
    public float share() {
        return share;
    }

    /** Where an image of the batch starts. */
    public int image(int number) {
        return number * geometry.h() * geometry.w() * geometry.c();
    }
}
