package dev.halfwave.train;

/**
 * How far training has come.
 *
 * @param epoch epochs done
 * @param batch batches done of the epoch after those
 * @param step steps done in all
 */
public record Position(int epoch, int batch, long step) {
    /** The beginning. */
    public static final Position START = new Position(0, 0, 0);

    /** After one more batch, of {@code batches} in an epoch. */
    Position next(int batches) {
        return batch + 1 < batches ? new Position(epoch, batch + 1, step + 1) : new Position(epoch + 1, 0, step + 1);
    }
}
