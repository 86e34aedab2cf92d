package dev.halfwave.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places buffers in one array so that two share memory only if they are never in use at the same step.
 *
 * <p>Largest first, each at the lowest place that is free during its life.
 *
 * @see <a href="https://arxiv.org/abs/2001.03288">Pisarchyk and Lee 2020, greedy by size for offset calculation</a>
 */
final class MemoryPlan {
    /**
     * A cache line in floats; every offset is 12 more than a multiple of it, which is where a line starts in an array.
     */
    private static final int LINE = 16;

    private static final int START = 12;

    private MemoryPlan() {}

    /**
     * Sets all offsets.
     *
     * @return the length of the array
     * @throws IllegalArgumentException if it would be longer than an array can be
     */
    static int place(List<Buffer> buffers) {
        List<Buffer> bySize = new ArrayList<>(buffers);
        bySize.sort(Comparator.comparingInt(Buffer::floats).reversed());
        List<Buffer> placed = new ArrayList<>();
        long end = START;
        for (Buffer buffer : bySize) {
            long offset = lowestGap(buffer, placed);
            end = Math.max(end, offset + lines(buffer.floats()));
            if (end > Integer.MAX_VALUE - 64) {
                throw new IllegalArgumentException("memory plan: expected at most 8 GiB for one batch, received "
                        + (end * 4 >> 30) + " GiB or more; use a smaller batch or image");
            }
            buffer.place((int) offset);
            placed.add(buffer);
            placed.sort(Comparator.comparingInt(Buffer::offset));
        }
        return (int) end;
    }

    private static long lowestGap(Buffer buffer, List<Buffer> placed) {
        long candidate = START;
        for (Buffer other : placed) {
            if (!other.overlaps(buffer)) {
                continue;
            }
            if (other.offset() - candidate >= lines(buffer.floats())) {
                break;
            }
            candidate = Math.max(candidate, other.offset() + lines(other.floats()));
        }
        return candidate;
    }

    private static long lines(int floats) {
        return ((long) Math.max(1, floats) + LINE - 1) / LINE * LINE;
    }
}
