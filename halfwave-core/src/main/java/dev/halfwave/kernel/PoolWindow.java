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
    private int rows;
    private int columns;
    private int[] offsets = new int[16];
    private int taps;
    private float share;
    private int rowOrigin;
    private int rowOutput;
    private int fromRow;
    private int toRow;
    private int fromColumn;
    private int toColumn;
    private int origin;
    private int output;

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
        window.rows = geometry.oh();
        window.columns = geometry.ow();
        return window;
    }

    /** The number of windows in a row. */
    public int columns() {
        return columns;
    }

    /** Goes to an output row, counted over the whole batch; {@link #moveTo} comes next. */
    public void moveToRow(int row) {
        Window vertical = geometry.vertical();
        int image = row / rows;
        int top = (row - image * rows) * vertical.stride() - vertical.before();
        rowOrigin = (image * geometry.h() + top) * geometry.w();
        rowOutput = row * columns;
        fromRow = first(vertical, top);
        toRow = end(vertical, top, geometry.h());
        toColumn = -1;
    }

    /** Moves to a window of the row. Most lie inside the image and look at the same offsets as the one before. */
    public void moveTo(int column) {
        Window horizontal = geometry.horizontal();
        int left = column * horizontal.stride() - horizontal.before();
        int from = first(horizontal, left);
        int to = end(horizontal, left, geometry.w());
        if (from != fromColumn || to != toColumn) {
            fromColumn = from;
            toColumn = to;
            cover();
        }
        origin = (rowOrigin + left) * geometry.c();
        output = (rowOutput + column) * geometry.c();
    }

    private static int first(Window window, int start) {
        return start >= 0 ? 0 : (window.dilation() - 1 - start) / window.dilation();
    }

    private static int end(Window window, int start, int length) {
        int room = length - start;
        return room > (window.size() - 1) * window.dilation()
                ? window.size()
                : room <= 0 ? 0 : (room - 1) / window.dilation() + 1;
    }

    private void cover() {
        Window vertical = geometry.vertical();
        Window horizontal = geometry.horizontal();
        taps = 0;
        for (int i = fromRow; i < toRow; i++) {
            int row = i * vertical.dilation() * geometry.w();
            for (int j = fromColumn; j < toColumn; j++) {
                offsets[taps++] = (row + j * horizontal.dilation()) * geometry.c();
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
